"""What each code of the store means, as a sentence: what is wrong and what to do. A test compares the two."""

from collections.abc import Mapping

from tui.i18n import N_

SENTENCES: Mapping[str, str] = {
    # The store and its files.
    "store-missing": N_(
        "There is no store in {path}. Make one with “kartoteka new” or “kartoteka import”, or name another with --store."
    ),
    "store-newer": N_(
        "The store {path} is of format {format}; this program knows formats up to {known}. Update the program."
    ),
    "store-older": N_("The store {path} is of format {format}, older than {known}; opening it brings it up to date."),
    "store-needs-upgrade": N_(
        "The store {path} is of an older format, and you may not write to it. Ask its owner to open it once."
    ),
    "store-locked": N_(
        "{operator} is saving since {since} (process {pid}) and holds the store. Nothing was saved; try again in a moment."
    ),
    "store-held": N_("Another program holds the store {path}. Nothing was saved; try again in a moment."),
    "not-a-store": N_("{path} is not a Kartoteka store. Name another folder with --store."),
    "schema-unreadable": N_(
        "What {path} says of fields of the store's own cannot be read ({reason}). Mend that, or restore the store from a backup."
    ),
    "store-unusable": N_(
        "{path} cannot be used ({reason}). Restore it from a backup, or name another store with --store."
    ),
    "store-network": N_(
        "The store {path} lies on a network file system ({filesystem}), where files cannot be locked safely. Move it to a local disk and work there over SSH."
    ),
    "store-unreadable": N_("You may not open {path}: its permissions do not allow it. Ask its owner."),
    "store-read-only": N_(
        "You may only read the store {path}: nothing was written. Ask its owner for the right to write."
    ),
    "disk-refused": N_(
        "The disk refused to write into {file} ({reason}). Nothing was saved; see to the room on the disk and to its permissions, and try again."
    ),
    "disk-failed": N_(
        "The disk failed while {file} was written ({reason}). It is not known whether the change was saved: look at the card again."
    ),
    "upgrade-refused": N_(
        "The store {path} is of an earlier format, and the disk refused to bring it up to date ({reason}). Nothing is lost; make room on the disk and open it again."
    ),
    "index-busy": N_("Another process holds the search index {file}. Try again in a moment."),
    "index-not-built": N_(
        "The search index {file} could not be built ({reason}). Make room on the disk or see to its permissions, then try again."
    ),
    "index-unusable": N_(
        "The search index {file} cannot be used ({reason}). It is derived: delete it, and it is built again."
    ),
    "index-damaged": N_("The search index {file} is damaged ({reason}). It is derived: run “kartoteka reindex”."),
    "schema-changed": N_(
        "The store’s fields were changed meanwhile, or another version of the program opened it. Close this one and open it again; nothing is lost."
    ),
    # What the doctor finds.
    "index-behind": N_("The search index is behind the files. Run “kartoteka reindex”."),
    "snapshot-none": N_("There is no snapshot of the store yet. Run “kartoteka backup”."),
    "disk-little-room": N_("The disk has little room left: {free}."),
    "store-open-to-all": N_("Everybody on this machine may enter {path} (permissions {mode}). Run “chmod o= {path}”."),
    "locale-not-utf8": N_(
        "The locale is not UTF-8 ({encoding}): letters may be mangled. Set LANG, such as uk_UA.UTF-8."
    ),
    # Findings of a check.
    "index-stale": N_("was changed and is not yet in the search index"),
    "index-differs": N_("does not agree with the search index; run “kartoteka reindex”"),
    "manifest-unfinished": N_("a save was interrupted; the next one finishes it"),
    "leftover": N_("is left over from an interrupted save"),
    "erase-interrupted": N_("the erasing of a client was interrupted; it is finished when the store is opened next"),
    "access-log-broken": N_("line {line} is not as it was written, or a line before it is missing"),
    "segment-foreign": N_("was written by another program; it is readable and will be sealed at the next save"),
    "card-misplaced": N_("holds client {number}, who belongs in another file"),
    "number-shared": N_("holds client number {number}, which another client has too"),
    "segment-brought-back": N_(
        "was brought back as it was on {at} (snapshot {snapshot}); the damaged file lies beside it: {quarantine}"
    ),
    "changes-lost": N_("could not be brought back: what was saved after {at} to clients {numbers} (saves: {changes})"),
    "changes-lost-perhaps": N_(
        "could not be brought back: what was saved after {at}. Seen of it: clients {numbers} (saves: {changes}); there may have been more"
    ),
    "segment-rolled-back": N_(
        "is an earlier state of itself: another program put an old copy in its place. What was saved since is missing; a snapshot or backup may have it"
    ),
    "segment-lost": N_("is gone, and no snapshot has it: its clients can only come back from a backup elsewhere"),
    "repair-stopped": N_(
        "the disk refused to go on ({reason}). What is named as put right is so, the rest is as it was; make room and repair again"
    ),
    "check-failed": N_("The check could not go on: {file} cannot be read ({reason})."),
    "segment-not-kept": N_("no snapshot has it whole; left as it is. Still readable in it: clients {numbers}"),
    # Files of cards.
    "segment-damaged": N_(
        "The file {file} is damaged: its contents are not what was written. “kartoteka check --repair” brings it back from the newest snapshot; all other cards can be used."
    ),
    "segment-missing": N_(
        "The file {file} is gone. “kartoteka check --repair” brings it back from the newest snapshot; all other cards can be used."
    ),
    "segment-newer": N_(
        "The file {file} is of format {format}; this program knows formats up to {known}. Update the program."
    ),
    "segment-unreadable": N_("The file {file} cannot be read: {reason}."),
    "manifest-damaged": N_(
        "The file {file}, which a save left when it was interrupted, is damaged. Run “kartoteka check”."
    ),
    # Snapshots and backups.
    "backup-missing": N_(
        "There is no backup or snapshot {path}. “kartoteka backup --list” lists the snapshots of the store."
    ),
    "not-a-backup": N_("{path} is not a backup that “kartoteka backup” wrote."),
    "backup-damaged": N_("The backup {path} is damaged or not whole; nothing was restored. Not as written: {files}."),
    "backup-differs": N_(
        "The disk of {path} does not give back what was written to it: {files}. The backup was removed; use another disk."
    ),
    "backup-exists": N_("{path} is there already. Name another file."),
    "backup-refused": N_(
        "The backup to {path} failed ({file}: {reason}), and nothing was left there. See to the disk and try again."
    ),
    "restore-refused": N_(
        "{path} was not brought back: the disk failed before anything was changed ({file}: {reason}). See to the disk and try again."
    ),
    "restore-begun": N_(
        "The disk failed while an earlier state was put in place of the store {file} ({reason}). It has begun and is finished when the store is next opened or saved to; the state before is kept as a snapshot."
    ),
    "backup-inside": N_("{path} lies in the store itself and would be lost with it. Name a place outside."),
    "restore-newer": N_(
        "The store holds what {path} does not: {changes} changes, clients {numbers}; {files} files differ. Nothing was restored; with --yes it is, and the present state is kept as a snapshot."
    ),
    # Clients and changes.
    "client-missing": N_("There is no client “{reference}”. Look for it with “kartoteka find”."),
    "reference-ambiguous": N_("“{reference}” is more than one client: {numbers}. Use a client number."),
    "value-twice": N_("“{value}” belongs to another client of this import already"),
    "value-taken": N_("“{value}” already belongs to client {number}"),
    "number-erased": N_("“{value}” was the number of a client who was erased"),
    "changed-meanwhile": N_("The same fields were changed meanwhile, so nothing was saved; look at the card again."),
    "revision-moved": N_(
        "The card was changed meanwhile: it is at revision {revision}, not {expected}. Nothing was saved; look at it again."
    ),
    "client-in-trash": N_("Client {number} is in the trash. Restore the card first."),
    "client-not-in-trash": N_("Client {number} is not in the trash."),
    "client-erased": N_("Client {number} was erased on {at}; nothing of the card is left."),
    "client-merged": N_("Client {number} was merged into {into} meanwhile; its values are on that card now."),
    "client-restricted": N_(
        "Processing of client {number} is restricted: the card is kept as it is. Lift the restriction first."
    ),
    "merge-with-itself": N_("“{value}” is one and the same card; name two different ones."),
    "changeset-missing": N_("There is no change “{reference}”. “kartoteka changes” lists them."),
    "erase-final": N_("Client {number} was erased; that cannot be taken back."),
    "erase-unfinished": N_(
        "Client {number} is not erased everywhere yet: the disk refused ({reason}). Make room and erase again; opening the store finishes it too."
    ),
    "nothing-to-undo": N_("There is no change of yours to take back."),
    # Values that cannot be taken.
    "required": N_("a value is needed here"),
    "path-unreadable": N_(
        "no field is named like this; fields are named like person.last_name, contacts[0].value or contacts[+].value"
    ),
    "path-unknown": N_("there is no such field"),
    "section-unknown": N_("there is no such section"),
    "section-shape": N_("the section does not have the shape that the schema gives it"),
    "field-unknown": N_("there is no such field"),
    "row-missing": N_("there is no such row; the section has {rows}"),
    "value-unwritable": N_("a value of this form cannot be stored"),
    "text-unreadable": N_("“{value}” is not text"),
    "note-unreadable": N_("“{value}” is not text"),
    "number-unreadable": N_("“{value}” is not a number"),
    "client-number-unreadable": N_("“{value}” is no client number; write it like K-4821-7"),
    "number-too-long": N_("“{value}” has too many digits: at most {most} characters with sign and point"),
    "number-too-small": N_("{value} is less than {least}"),
    "number-too-large": N_("{value} is more than {most}"),
    "number-check-digit": N_("“{value}” is no client number: its last digit does not fit the others. Check for a slip"),
    "money-currency": N_(
        "“{value}” is in another currency than the row says; write the sum alone, and its currency into the field for it"
    ),
    "money-unreadable": N_("“{value}” is not a sum of money; write it like 1250,00"),
    "date-unreadable": N_("“{value}” is not a date; write it like 30.10.2026, 2026-10-30, today or +3d"),
    "date-in-future": N_("{value} is still to come"),
    "date-too-long-ago": N_("{value} is too long ago for a birth date"),
    "birthday-unreadable": N_(
        "“{value}” is not a date; write it like 09.03.1987, or 09.03 where the year is not known"
    ),
    "choice-unknown": N_("“{value}” is none of the choices: {choices}"),
    "tags-unreadable": N_("“{value}” are no tags; write them with commas between"),
    "phone-unreadable": N_(
        "“{value}” is not a phone number; write it like 067 123-45-67, or with + and the country code"
    ),
    "email-unreadable": N_("“{value}” is not an e-mail address; write it like name@example.com"),
    "link-unreadable": N_("“{value}” is not a link; write it like https://example.com"),
    "identifier-unreadable": N_("“{value}” is not an identifier"),
    "client-unreadable": N_("“{value}” is not a client"),
    "yes-no-unreadable": N_("“{value}” is neither yes nor no"),
    # Search.
    "filter-unknown": N_(
        "“{value}”: there is no such filter; there is, for example: {known}. In quotation marks it is looked for as words"
    ),
    "filter-field": N_("“{value}”: nothing on the card is called so; there is, for example: {known}"),
    "filter-empty": N_("“{value}”: a value is to follow the colon, such as city:Lviv"),
    "filter-value": N_("“{value}”: the filter does not understand this value"),
    "filter-place": N_("“{value}”: cards can be looked for in the trash only: in:trash"),
    "filter-client-number": N_("“{value}”: a client number is digits, such as number:4821"),
    "filter-phone": N_("“{value}”: a phone is looked for by {least} of its digits at least"),
    "filter-number": N_("“{value}”: this is no number; write 30, >30, <=30 or 30..40"),
    "filter-currency": N_(
        "“{value}”: sums are compared without their currency, and what was spent is counted in hryvnias; leave the currency out"
    ),
    "filter-date": N_(
        "“{value}”: this is no day; write 30.10.2026, 10.2026, 2026, today, <30d, >90d or 1.10.2026..today"
    ),
    "filter-task": N_("“{value}”: tasks are looked for by overdue, open, week or a day, such as today or <7d"),
    "filter-birthday": N_("“{value}”: birthdays are looked for by today, 7d, 9.03, 1.03..15.03 or march"),
    "filter-backwards": N_("“{value}”: the range ends before it begins"),
    "filter-range": N_(
        "“{value}”: this is a text and has no more and less; write the word itself, or put it into quotation marks"
    ),
    "filter-choice": N_("“{value}” is none of the choices: {choices}"),
    "filter-segment": N_("“{value}”: there is no such segment; there is: {known}"),
    "filter-yes-no": N_("“{value}”: this is neither yes nor no"),
    "filter-section": N_("“{value}”: nothing of this section is searched as text; its fields are: {known}"),
    "says-nothing": N_("“{value}”: nobody can be found by that; type a letter of a name, a digit or a filter"),
    "or-alone": N_("“{value}” stands between two things, one of which is to be there"),
    "or-place": N_("in:trash says where to look and is none of two things; leave “{value}” out"),
    "sort-unknown": N_("clients cannot be ordered by “{value}”; there is: {known}"),
    "search-none": N_("There is no saved search “{name}”, nor any other."),
    "search-missing": N_("There is no saved search “{name}”. There is: {known}."),
    "search-exists": N_("Another saved search is called “{name}” already."),
    "search-nameless": N_("a saved search needs a name"),
    "search-name-long": N_("“{value}” is too long a name: at most {most} letters"),
    "bulk-impossible": N_("this cannot be done to many cards at once"),
    # Files that are brought in.
    "file-missing": N_("There is no file {path}."),
    "file-is-folder": N_("{value} is a folder, not a file."),
    "file-unreadable": N_("The file {value} cannot be read: {reason}."),
    "file-of-other-kind": N_("{value} is no CSV file ({kind}). Save it as CSV and import that."),
    "file-empty": N_("{value} holds no rows."),
    "file-nul": N_("{value} is no text: it holds zero bytes. Save it as CSV and import that."),
    "file-unwritable": N_("The file {value} cannot be written: {reason}."),
    "format-unknown": N_("there is no format “{value}”"),
    "line-unreadable": N_("the line is no JSON document of a client: {value}"),
    "cell-without-header": N_("“{value}” stands in column {column}, which has no name; it is kept in the notes"),
    "field-given-twice": N_("another column says this already; “{value}” is kept in the notes"),
    "letters-unreadable": N_(
        "“{value}”: the file is UTF-8, but the marked signs are none; correct them in the card, or save the file anew and import that"
    ),
    "cell-too-long": N_("a cell is longer than {most} characters"),
    "quote-unclosed": N_(
        "a quotation mark is opened and not closed, and nothing was imported: {value}. Close it or take it out, then import again"
    ),
    "file-header-only": N_("{value} holds a header and no rows."),
    "mapping-unreadable": N_(
        'The file {value} is no map of columns: write it as JSON, such as {{"Тел.": "contacts[+].value"}}, or as CSV with two columns. {reason}'
    ),
    "header-unknown": N_(
        "column {column} (“{header}”) is not known; its values are kept in the notes. Name its field with --map"
    ),
    "date-assumed": N_("the file has no dates of the purchases; {value} was taken"),
    "row-above-header": N_("“{value}” stands above the header and was left out"),
    "update-ambiguous": N_("“{value}” belongs to several clients; the row was not taken"),
    "update-by-unknown": N_(
        "“{value}” is no field to know clients by; name one like contacts.value, number or identifiers.value"
    ),
    "update-by-absent": N_(
        "no column of the file says “{value}”, so every row would be a new client; name a field that is there, or the column with --map"
    ),
    "mapped-column-missing": N_("the map names a column “{value}”, which the file does not have"),
    "extra-unreadable": N_("what another Kartoteka exported here cannot be read: {value}"),
}
