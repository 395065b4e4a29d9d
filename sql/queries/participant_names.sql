-- What names are searched by: see participant_name_index.

-- name: ParticipantNames.AddBucket
INSERT INTO participant_name_index (forbund_id, bucket, participant_id) VALUES (@ForbundId, @Bucket, @ParticipantId);

-- name: ParticipantNames.ClearBuckets
DELETE FROM participant_name_index WHERE forbund_id = @ForbundId AND participant_id = @ParticipantId;

-- name: ParticipantNames.Unindexed
-- row: UnindexedNameRow
-- Named before there was an index.
SELECT d.id, d.name_encrypted
FROM participant d
WHERE d.forbund_id = @ForbundId AND d.name_encrypted IS NOT NULL AND d.merged_into_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM participant_name_index n WHERE n.forbund_id = d.forbund_id AND n.participant_id = d.id);

-- name: ParticipantNames.ByBuckets
-- row: NamedParticipantRow
-- In the whole förbund, for whoever may ask so: nobody's name is shown.
SELECT d.id, d.code, d.name_encrypted
FROM participant d
WHERE d.forbund_id = @ForbundId AND d.name_encrypted IS NOT NULL
  AND EXISTS (SELECT 1 FROM participant_name_index n WHERE n.forbund_id = @ForbundId AND n.participant_id = d.id AND n.bucket = @Bucket)
  AND EXISTS (SELECT 1 FROM participant_name_index n WHERE n.forbund_id = @ForbundId AND n.participant_id = d.id AND n.bucket = @OtherBucket)
ORDER BY d.code;
