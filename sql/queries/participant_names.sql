-- What names are searched by: see participant_name_index.

-- name: ParticipantNames.AddBucket
INSERT INTO participant_name_index (forbund_id, bucket, participant_id) VALUES (@ForbundId, @Bucket, @ParticipantId);

-- name: ParticipantNames.ClearBuckets
DELETE FROM participant_name_index WHERE forbund_id = @ForbundId AND participant_id = @ParticipantId;
