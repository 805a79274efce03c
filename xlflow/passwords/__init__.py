"""Passwords of registers and outputs, from five sources (contract §1); none is ever shown."""

from xlflow.passwords.find import Passwords
from xlflow.passwords.secret import Kind, PasswordError, Secret

__all__ = ["Kind", "PasswordError", "Passwords", "Secret"]
