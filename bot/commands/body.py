"""The body's Markdown, as the library parsed it, becomes blocks: folded reading behind the Background button."""
