// Editors preview a page on paper: on the screen, with the rules for paper.
for (const link of document.querySelectorAll("link[media=print]")) link.media = "all";
