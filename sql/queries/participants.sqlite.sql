-- SQLite knows ranges of signs by their numbers, whatever the collation.

-- name: Participants.OtherCodesBeyondAscii
SELECT code FROM participant WHERE forbund_id = @ForbundId AND id <> @ParticipantId AND code GLOB '*[^ -~]*';
