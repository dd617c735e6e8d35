"""Who gets which answer at which address: the table that the walk over every address is held against.

One word for all roles, or one for each in this order: anonymous, A, B, author, editor, administrator.
ok: the page. moved: to another. home: to the admin's start page. sign-in: to the sign-in page.
A number is that status.
"""

from pages.tagged_pdf import can_make_pdf

ADMIN_USERS = {"author", "editor", "administrator"}
EDITORS = {"editor", "administrator"}
ADMINISTRATORS = {"administrator"}
NOBODY: set[str] = set()
OWN = "author in her own section, editor and administrator everywhere"

# Outside the admin: address, whose it is, answer to GET (and HEAD), answer to POST. The first that fits counts.
PUBLIC = [
    ("own_entry:entry", "", "sign-in ok ok 403 403 403", "405"),
    ("own_entry:change", "", "sign-in ok ok 403 403 403", "sign-in moved moved 403 403 403"),  # A by B's: told no
    ("own_entry:confirm", "", "405", "sign-in moved moved 403 403 403"),
    ("own_entry:history", "", "sign-in ok ok 403 403 403", "405"),
    ("own_entry:switch", "", "405", "sign-in 404 moved 403 403 403"),  # to B's
    ("own_entry:municipalities", "", "sign-in ok ok 403 403 403", "405"),
    ("own_entry:municipality", "A", "sign-in ok 404 403 403 403", "sign-in moved 404 403 403 403"),
    ("own_entry:municipality", "B", "sign-in 404 ok 403 403 403", "sign-in 404 moved 403 403 403"),
    ("own_entry:municipality", "missing", "sign-in 404 404 403 403 403", "sign-in 404 404 403 403 403"),
    ("revert", "A B", "ok", "409"),  # the link is the proof, and its page has what is posted
    ("revert", "missing", "410", "410"),
    ("register-json", "there", "ok", "405"),
    ("register-json", "missing", "404", "405"),
    ("register-csv", "there", "ok", "405"),
    ("register-csv", "missing", "404", "405"),
    ("registers", "", "ok", "405"),
    ("coordinator-card", "missing", "404", "405"),
    ("coordinator-card", "A B", "ok", "405"),
    ("county-cards", "missing", "404", "405"),
    ("county-cards", "A B", "ok", "405"),
    ("pocket-card", "missing", "404", "405"),
    ("pocket-card", "A B", "ok" if can_make_pdf() else "404", "405"),
    ("place-names", "", "ok", "405"),
    ("locality-names", "", "ok", "405"),
    ("search", "", "ok", "405"),
    ("search-titles", "", "ok", "405"),
    ("message", "", "ok", "403"),  # without the token of the form
    ("message-sent", "", "ok", "405"),
    ("wagtaildocs_serve", "missing", "404", "404"),
    ("wagtaildocs_authenticate_with_password", "missing", "404", "404"),
    ("media/<path:path>", "missing", "404", "405"),
    ("part", "there", "moved", "405"),  # to where the part is now
    ("part", "gone", "410", "405"),
    ("part", "missing", "404", "405"),
    ("version", "there", "ok", "405"),
    ("version", "withdrawn", "410", "405"),
    ("version", "missing", "404", "405"),
    ("versions", "own other there", "ok", "405"),
    ("versions", "missing", "404", "405"),
    ("robots.txt", "", "ok", "405"),
    ("favicon.ico", "", "ok", "405"),
    ("sitemap.xml", "", "ok", "405"),
    ("sitemap_part", "there", "ok", "405"),
    ("sitemap_part", "missing", "404", "405"),
    (".well-known/security.txt", "", "404", "405"),  # until it is set
    ("wagtail_serve", "missing", "404", "405"),
    ("wagtail_serve", "", "ok", "405"),
    # Below pages.
    *((f"contactspage:{name}", "there", "ok", "405") for name in ("county", "municipality")),
    *((f"contactspage:{name}", "missing", "404", "405") for name in ("county", "municipality")),
    *((f"contactspage:{name}", "", "ok", "405") for name in ("index", "all")),
    *((f"guidepage:{name}", "", "ok", "405") for name in ("index", "flow-chart")),
    ("guidepage:answers", "there", "ok", "405"),
    ("guidepage:answers", "missing", "404", "405"),
    ("actorspage:index", "", "ok", "405"),
    *((f"actorspage:{name}", "there", "ok", "405") for name in ("actor", "whole_actor")),
    *((f"actorspage:{name}", "missing", "404", "405") for name in ("actor", "whole_actor")),
    *((f"manualpage:{name}", "", "ok", "405") for name in ("index_route", "whole", "html_file")),
    *((f"manualpage:{name}", "", "ok", "405") for name in ("changes", "changes_feed")),
    ("manualpage:pdf_file", "", "ok" if can_make_pdf() else "404", "405"),
    *((f"resourceindexpage:{name}", "", "ok", "405") for name in ("index", "feed")),
    *((f"resourceindexpage:{name}", "there", "ok", "405") for name in ("resource", "text")),
    *((f"resourceindexpage:{name}", "missing", "404", "405") for name in ("resource", "text")),
    ("resource-file", "there", "ok", "405"),
    ("resource-file", "missing", "404", "405"),
    ("account_overview", "", "sign-in moved moved moved moved moved", "sign-in moved moved moved moved moved"),
    ("account_login", "", "ok moved moved home home home", "ok moved moved home home home"),
    ("account_request_login_code", "", "ok moved moved home home home", "ok moved moved home home home"),
    ("account_confirm_login_code", "", "sign-in moved moved home home home", "sign-in moved moved home home home"),
    ("account_confirm_address", "", "sign-in moved moved moved moved moved", "sign-in moved moved moved moved moved"),
    ("account_sessions", "", "sign-in ok ok ok ok ok", "sign-in moved moved moved moved moved"),
    ("account_logout", "", "sign-in ok ok ok ok ok", "sign-in"),
    ("account_reauthenticate", "", "sign-in 403 403 ok ok ok", "sign-in 403 403 ok ok ok"),
    ("account_change_password", "", "sign-in 404 404 ok ok ok", "sign-in 404 404 ok ok ok"),
    ("account_reset_password_from_key_done", "", "ok", "405"),
    ("account_reset_password_from_key", "missing", "ok", "ok"),  # the page says that the link is too old
    ("account_reset_password_done", "", "ok", "405"),
    ("account_reset_password", "", "ok", "ok"),
    ("mfa_index", "", "sign-in ok ok ok ok ok", "sign-in 405 405 405 405 405"),
    ("mfa_authenticate", "", "sign-in moved moved home home home", "sign-in moved moved home home home"),
    ("mfa_reauthenticate", "", "sign-in 403 403 moved moved moved", "sign-in 403 403 moved moved moved"),
    ("mfa_activate_totp", "", "sign-in 404 404 ok ok ok", "sign-in 404 404 ok ok ok"),
    ("mfa_deactivate_totp", "", "sign-in 404 404 404 404 404", "sign-in 404 404 404 404 404"),
    ("mfa_view_recovery_codes", "", "sign-in 404 404 404 404 404", "sign-in 404 404 405 405 405"),
    ("mfa_generate_recovery_codes", "", "sign-in 404 404 ok ok ok", "sign-in 404 404 ok ok ok"),
    ("mfa_download_recovery_codes", "", "sign-in 404 404 404 404 404", "sign-in 404 404 404 404 404"),
    ("mfa_list_webauthn", "", "moved", "moved"),
    ("mfa_add_webauthn", "", "sign-in ok ok ok ok ok", "sign-in ok ok ok ok ok"),
    ("mfa_login_webauthn", "", "sign-in moved moved home home home", "sign-in moved moved home home home"),
    ("mfa_reauthenticate_webauthn", "", "sign-in 403 403 moved moved moved", "sign-in 403 403 moved moved moved"),
    ("mfa_remove_webauthn", "missing", "sign-in 404 404 404 404 404", "sign-in 404 404 404 404 404"),
]

# Doors of the admin that are the same for everybody but coordinators, who get 403 as everywhere. Some take one method.
DOORS = [
    ("admin/login/", "sign-in"),
    ("^admin/password_reset/", "moved"),
    ("wagtailadmin_password_reset", "moved"),
    ("wagtailadmin_logout", "sign-in"),
    ("admin/failwhale/", "404"),
    (r"^admin/snippets/choose/\w+/\w+/create/$", "404"),
    ("^admin/snippets/choose/contacts/readermessage/", "404"),
    ("wagtailsnippetchoosers_contacts_readermessage:", "404"),
    ("wagtailadmin_sprite", "ok"),
    ("wagtailadmin_javascript_catalog", "ok"),
]

# Inside the admin: the beginning of the address's name, and who gets in; `post` where that takes more than to look at.
# The longest that fits counts.
ADMIN: dict[str, set[str] | str] = {
    "wagtailadmin_home": ADMIN_USERS,
    "admin/test404/": ADMIN_USERS,
    "wagtailadmin_api:": ADMIN_USERS,
    "wagtailadmin_api:pages:action": EDITORS,
    "admin/^.*/$": ADMIN_USERS,  # who are told that nothing is there
    "wagtailadmin_explore": ADMIN_USERS,
    "wagtail_bulk_action": ADMINISTRATORS,  # on accounts
    "wagtailadmin_pages:": EDITORS,
    "wagtailadmin_pages:add": OWN,
    "wagtailadmin_pages:choose_parent": ADMIN_USERS,
    "wagtailadmin_pages:confirm_workflow_cancellation": ADMIN_USERS,
    "wagtailadmin_pages:copy": OWN,
    "wagtailadmin_pages:edit": OWN,
    "wagtailadmin_pages:history": OWN,
    "wagtailadmin_pages:move_confirm": ADMIN_USERS,  # to look at
    "wagtailadmin_pages:move_confirm post": EDITORS,
    "wagtailadmin_pages:preview_on": OWN,
    "wagtailadmin_pages:revisions_compare": OWN,
    "wagtailadmin_pages:revisions_index": ADMIN_USERS,  # leads to the history
    "wagtailadmin_pages:revisions_revert": OWN,
    "wagtailadmin_pages:revisions_view": OWN,
    "wagtailadmin_pages:search": ADMIN_USERS,
    "wagtailadmin_pages:type_use": ADMIN_USERS,
    "wagtailadmin_pages:usage": OWN,
    "wagtailadmin_pages:view_draft": OWN,
    "wagtailadmin_pages:workflow_history": OWN,
    "wagtailadmin_choose_page": ADMIN_USERS,
    "wagtailadmin_tag_": ADMIN_USERS,
    "wagtailadmin_collections:": ADMINISTRATORS,
    "wagtailadmin_workflows:": ADMINISTRATORS,
    "wagtailadmin_workflows:task_chooser": ADMIN_USERS,
    "wagtailadmin_workflows:task_chosen": ADMIN_USERS,
    "wagtailadmin_reports:": ADMIN_USERS,
    "wagtailadmin_reports:locked_pages": EDITORS,
    "counties_without_coordinator": ADMIN_USERS,
    "unread_changes": EDITORS,
    "read_change": EDITORS,
    "message_answered": EDITORS,
    "schedules": ADMIN_USERS,  # with what they may change
    "choose_number": ADMIN_USERS,  # whoever writes a text
    "paste_word": ADMIN_USERS,
    "guide_": ADMIN_USERS,
    "pages_to_review": ADMIN_USERS,  # with what they may change
    "note_reviewed": OWN,
    "translations": ADMIN_USERS,  # with what they may change
    "compare_translation": EDITORS,  # the author has no page in another language
    "answer_translation": EDITORS,
    "make_translation": EDITORS,
    "broken_links": ADMIN_USERS,  # with what they may change
    "unsent_mail": EDITORS,
    "try_searches": EDITORS,
    "add_pin": EDITORS,
    "manual_report": ADMIN_USERS,  # with what is on pages that they may edit
    "move_part": OWN,
    "bring_parts": OWN,
    "wagtailadmin_account": ADMIN_USERS,
    "wagtailadmin_dismissibles": ADMIN_USERS,
    "wagtailadmin_editing_sessions:": ADMIN_USERS,
    "wagtailadmin_editing_sessions:ping": EDITORS,  # of coordinators
    "wagtailadmin_block_preview": ADMIN_USERS,
    "wagtailredirects:": EDITORS,
    "wagtailsearchpromotions:": EDITORS,
    "wagtailsearchpromotions:search_terms": NOBODY,  # nothing of what readers ask is stored
    "wagtailsearchpromotions:chooser": ADMIN_USERS,  # of the queries that something is pinned to
    "wagtailsnippets_pages_searchsynonyms:": EDITORS,
    "simple_translation:": EDITORS,
    "wagtailembeds:": ADMIN_USERS,
    "wagtailsnippets:index": NOBODY,  # every kind has its own place in the menu
    "wagtaildocs:": EDITORS,
    "wagtaildocs:add": ADMIN_USERS,
    "wagtaildocs:index": ADMIN_USERS,
    "wagtaildocs_chooser:": ADMIN_USERS,
    "wagtailimages:": EDITORS,
    "wagtailimages:add": ADMIN_USERS,
    "wagtailimages:index": ADMIN_USERS,
    "wagtailimages_chooser:": ADMIN_USERS,
    "wagtailsnippetchoosers_contacts_": ADMIN_USERS,
    "wagtailsnippets_contacts_coordinator:": EDITORS,
    "wagtailsnippets_contacts_supportline:": EDITORS,
    "wagtailsnippets_contacts_supportline:delete": NOBODY,  # every page gives the numbers
    "wagtailsnippets_contacts_supportservice:": EDITORS,
    "wagtailsnippets_contacts_municipality:": EDITORS,
    "wagtailsnippets_contacts_municipality:add": NOBODY,
    "wagtailsnippets_contacts_municipality:delete": NOBODY,
    "wagtailsnippets_contacts_readermessage:": EDITORS,
    "wagtailsnippets_contacts_readermessage:add": NOBODY,
    "wagtailsnippets_contacts_readermessage:edit": NOBODY,
    "wagtailsnippets_contacts_readermessage:usage": NOBODY,
    "wagtailsnippetchoosers_pages_": ADMIN_USERS,
    "wagtailsnippets_pages_glossaryterm:": EDITORS,
    "wagtailsnippets_pages_actor:": EDITORS,
    "wagtailsnippets_pages_actor:delete": NOBODY,  # parts name it
    "wagtailsnippets_pages_manualpart:": EDITORS,
    "wagtailsnippets_pages_manualpart:add": NOBODY,
    "wagtailsnippets_pages_manualpart:delete": NOBODY,
    "wagtailsnippets_pages_publishedversion:": EDITORS,
    "wagtailsnippets_pages_sitenotice:": EDITORS,
    "wagtailsnippets_pages_publishedversion:add": NOBODY,
    "wagtailsnippets_pages_publishedversion:delete": NOBODY,
    "wagtailsnippets_pages_removedpage:": EDITORS,
    "wagtailsnippets_pages_removedpage:add": NOBODY,
    "wagtailsnippets_pages_removedpage:delete": NOBODY,
    "wagtailsettings:": EDITORS,
    "wagtailsettings:edit": ADMIN_USERS,  # leads to the one row
    "wagtailsettings:edit there": EDITORS,
    "wagtailsnippetchoosers_resources_": ADMIN_USERS,
    "wagtailsnippets_resources_resource:": EDITORS,
    "wagtailsnippets_resources_topic:": EDITORS,
    "wagtailsites:": ADMINISTRATORS,
    "wagtailusers_": ADMINISTRATORS,
    "user_sessions": ADMINISTRATORS,
    "wagtaillocales:": ADMINISTRATORS,
    "wagtaillocales:add": NOBODY,  # all languages are there
}
