-- What every registration begins with.

-- name: Registration.Hold
-- Holds the end of the förbund's audit chain, so that registrations in one förbund happen one after the other.
UPDATE audit_chain SET last_event = last_event WHERE forbund_id = @ForbundId;
