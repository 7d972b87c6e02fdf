"""Tests of the web server and of the page that it serves."""
