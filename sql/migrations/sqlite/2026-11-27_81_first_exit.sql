-- An exit that is moved later or taken back gives no longer reach than the one that was registered first.

-- The day of exit that was registered first, when it has been changed or taken back since; reach is counted from it.
ALTER TABLE participation ADD first_ended_on TEXT NULL;
