"""A portal in which a business and a client settle a dispute with a neutral mediator."""
