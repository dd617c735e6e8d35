"""Links that lead nowhere: found by a walk through the site, listed for editors, told of before they are made."""
