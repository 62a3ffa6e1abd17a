"""Who is told what, how and when: notices, the mails that follow from them, calendar files, and webhooks.

It stands below the shell of the case, which writes notices with what they tell of, and beside no feature.
Why so: docs/decisions/0098-a-notice-is-a-row.md.
"""
