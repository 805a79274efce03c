"""What the samples are made of: invented people, what they typed, and the workbooks they typed it into."""
