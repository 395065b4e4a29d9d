-- The form of the national system is data, and what is handed over is told from what is only taken as a file.

CREATE TABLE national_form_field (
    -- A field of the form: who fills it in, what it is called and where it stands. The program knows only what each field is.
    national_role TEXT NOT NULL CHECK (national_role IN ('forbundsadministrator', 'deltagaransvarig')),
    field TEXT NOT NULL,
    label TEXT NOT NULL,
    sort_order INTEGER NOT NULL,
    asked_of TEXT NOT NULL CHECK (asked_of IN ('forbund', 'insats', 'both')),
    -- 0 for one that the form no longer asks.
    is_asked INTEGER NOT NULL CHECK (is_asked IN (0, 1)),
    -- 1 for one that the role may leave out.
    is_by_choice INTEGER NOT NULL CHECK (is_by_choice IN (0, 1)),
    PRIMARY KEY (national_role, field)
) STRICT;

-- 1 when the figures were copied from the page and no file was taken.
ALTER TABLE delivery ADD is_copied INTEGER NOT NULL DEFAULT 0 CHECK (is_copied IN (0, 1));

-- 1 when the role gave the fields that it may leave out.
ALTER TABLE delivery ADD has_choice INTEGER NOT NULL DEFAULT 0 CHECK (has_choice IN (0, 1));

CREATE TABLE delivery_handed_over (
    -- Somebody has said that the figures of a delivery have been written into the national system.
    delivery_id INTEGER NOT NULL PRIMARY KEY REFERENCES delivery (id),
    handed_over_at TEXT NOT NULL,
    handed_over_by TEXT NOT NULL
) STRICT;

CREATE TABLE delivery_entry (
    -- In place of delivery_field: the förbund has a line too, and a field is known by its code whatever it is called.
    delivery_id INTEGER NOT NULL REFERENCES delivery (id),
    -- The row of the file, from 1: the förbund or an insats.
    line INTEGER NOT NULL,
    -- The column, from 1.
    position INTEGER NOT NULL,
    -- Null for the förbund.
    insats_id INTEGER NULL REFERENCES insats (id),
    -- The name of the förbund or insats then.
    name TEXT NOT NULL,
    -- national_form_field.field; null in a delivery from before the form was data.
    field TEXT NULL,
    label TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('filled', 'not_filled', 'does_not_apply')),
    -- Empty unless filled.
    value TEXT NOT NULL,
    -- Why it does not apply; else empty.
    reason TEXT NOT NULL,
    PRIMARY KEY (delivery_id, line, position)
) STRICT;

INSERT INTO delivery_entry (delivery_id, line, position, insats_id, name, field, label, state, value, reason)
SELECT delivery_id, line, position, insats_id, insats, NULL, label, state, value, reason
FROM delivery_field;

DROP TABLE delivery_field;
