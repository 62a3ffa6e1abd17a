"""Webhooks: a business's own systems learn that something became a paper of one of its cases. See docs/webhooks.md."""
