"""What a command does, in order: the only place where files meet the rules."""
