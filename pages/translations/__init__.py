"""How far each page is translated: new translations, what the original has changed since, and what editors answered."""
