"""What a page said on a date: kept when it is published, shown to readers, withdrawn by administrators."""
