-- Openings end with an erasing; those that outlived one end now.

UPDATE reach_opening SET reason = '', state = 'ended'
WHERE state IN ('asked', 'opened')
  AND EXISTS (SELECT 1 FROM participant d WHERE d.id = reach_opening.participant_id AND d.erased_at IS NOT NULL);
