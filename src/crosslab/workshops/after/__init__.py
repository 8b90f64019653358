"""The next morning: results, the letters to those who wrote, the report, and what came of it weeks later."""
