"""The world café: tables with a question each, hosts who stay, rounds in which others move on, harvest cards."""
