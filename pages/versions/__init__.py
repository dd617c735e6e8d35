"""What a page said on a date: kept when it is published, shown to readers, withdrawn by who may publish the page."""
