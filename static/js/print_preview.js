// Editors preview a page on paper: on the screen, what the stylesheets say of print.
const show = (rules) => {
  for (const rule of rules) {
    if (rule.media?.mediaText === "print") rule.media.mediaText = "all";
    const within = rule.styleSheet?.cssRules ?? rule.cssRules;
    if (within) show(within);
  }
};

for (const sheet of document.styleSheets) show(sheet.cssRules);
