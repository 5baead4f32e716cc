"""The words of the desk: what topics, events, facts and roles are called."""

from __future__ import annotations

TOPICS = {
    "people": "Who is who",
    "source": "Sources that did not answer",
    "match": "Whose records these are",
    "unreadable": "Documents that could not be read",
    "cast": "People in the file",
    "passage": "Passages that somebody must decide",
    "page": "Pages a person must read",
    "hidden": "Things in files that no page shows",
    "capitals": "Names the engine may have missed",
    "clash": "The same sentence treated two ways",
    "rework": "Sent back by the approver",
    "refused": "Refused by the independent check",
    "approve": "Approval by a second person",
    "dispatch": "Sending",
    "time": "Pausing or extending the time",
    "stuck": "Steps that failed",
}
KINDS = {
    "name": "Name",
    "contact": "Where they live or can be reached",
    "identifier": "Date of birth and numbers",
    "health": "Health",
    "private": "Private life",
}
TREATMENTS = {
    "clear": "may be shown",
    "ask": "has to be weighed",
    "hold": "is held back unless there is a reason",
}
MODES = {
    "A": "with the reason printed on the box",
    "B": "with a general label",
    "C": "without any trace",
}
ROLES = {
    "parent": "Parent",
    "sibling": "Sibling",
    "relative": "Relative",
    "partner_of_parent": "Partner of a parent",
    "carer": "Carer",
    "referrer": "Person who raised a concern",
    "social_worker": "Social worker",
    "health": "Health professional",
    "education": "Education worker",
    "police": "Police",
    "other_professional": "Other professional",
    "volunteer": "Volunteer",
    "other": "Other person",
    "unknown": "Not known",
    "subject": "The subject",
}
EVENTS = {
    "case_opened": "Request received and case opened",
    "receipt_corrected": "Date of receipt corrected",
    "people_recorded": "Who is who was recorded",
    "evidence_asked": "Evidence asked for",
    "evidence_received": "Evidence seen",
    "fee_charged": "Fee charged",
    "fee_paid": "Fee paid",
    "clock_paused": "Time paused",
    "clock_resumed": "Time runs again",
    "time_extended": "Time extended",
    "item_arrived": "Something arrived",
    "source_answered": "Source answered",
    "search_finished": "Search finished",
    "matches_proposed": "Matches proposed",
    "evidence_collected": "Document collected",
    "collection_finished": "Collection finished",
    "document_read": "Document read",
    "reading_finished": "Reading finished",
    "cast_built": "People in the file listed",
    "proposals_made": "Redactions proposed",
    "passage_decided": "Marked on a page",
    "page_read": "Page read by a person",
    "question_asked": "Question asked",
    "question_answered": "Question answered",
    "question_withdrawn": "Question withdrawn",
    "letter_made": "Letter made",
    "pack_sealed": "Pack built, checked and sealed",
    "pack_refused": "Pack refused by the independent check",
    "pack_approved": "Pack approved",
    "dispatch_started": "Sending begun",
    "dispatch_confirmed": "Sent",
    "case_closed": "Case closed",
    "reminder_sent": "Reminder sent",
    "stage_failed": "Step failed",
}
PAGE_KINDS = {"text": "Text", "scan": "Scan", "photo": "Picture"}
LETTERS = {
    "acknowledgement": "Acknowledgement",
    "clarification_request": "Question about what is wanted",
    "extension_notice": "Notice of more time",
    "cover_letter": "Reply",
}
HIDDEN = {
    "deleted_text": "Deleted text",
    "comment": "Comment",
    "hidden_text": "Hidden text",
    "hidden_sheet": "Hidden sheet",
    "formula": "Formula",
    "header": "Header",
    "metadata": "Data about the file",
    "attachment": "Attachment",
    "other": "Other",
}
ALLOWED_ALTOGETHER = {"disclose": "Show", "withhold": "Withhold", "as marked": "As marked below"}
