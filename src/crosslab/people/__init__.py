"""People, the organisations they act for, the programmes they meet in, and the seats they hold."""
