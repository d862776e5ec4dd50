"""Signing in, choosing a post, signing out."""
