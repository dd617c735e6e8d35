"""What the parameters of addresses are filled with where the starter content has it, or nothing has."""

MISSING = 987_654

type Samples = dict[str, object]  # values of a parameter, by what they are of

# Parameters whose values are words, or rows that the starter content has.
WORDS: dict[str, Samples] = {
    "app_label": {"": "contacts"},
    "model_name": {"": "coordinator"},
    "wagtailadmin_pages app_label": {"": "pages"},
    "wagtailadmin_pages model_name": {"": "guidancepage"},
    "wagtailadmin_workflows app_label": {"": "wagtailcore"},
    "wagtailadmin_workflows model_name": {"": "groupapprovaltask"},
    "wagtail_bulk_action app_label": {"": "auth"},
    "wagtail_bulk_action model_name": {"": "user"},
    "action": {"there": "delete", "missing": "nothing"},
    "content_type_app_name": {"": "pages"},
    "content_type_model_name": {"": "guidancepage"},
    "app_name": {"": "wagtailimages"},
    "wagtailadmin_tag_model_autocomplete model_name": {"": "image"},
    "action_name": {"": "approve"},
    "wagtailadmin_api:pages action_name": {"": "copy"},
    "filter_spec": {"": "fill-40x40"},
    "name": {"there": "coordinators", "missing": "others"},
    "wagtailsettings app_name": {"": "pages"},
    "wagtailsettings model_name": {"": "sitesettings"},
    "collection_id": {"": 1},
    "wagtailadmin_collections pk": {"there": 1, "missing": MISSING},
    "path": {"missing": "finns-inte.png"},
    "sitemap_part number": {"there": 1, "missing": MISSING},
    "token": {"missing": "no-such-token"},
    "uidb64": {"missing": "MQ"},
    "session_id": {"missing": MISSING},
    "uploaded_file_id": {"missing": MISSING},
    "restriction_id": {"missing": MISSING},
    "mfa_remove_webauthn pk": {"missing": MISSING},
}
