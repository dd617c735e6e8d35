"""Pure functions on HTML and text: links, headings, plain text, comparison. They know no model of the site."""
