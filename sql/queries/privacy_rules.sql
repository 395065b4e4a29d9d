-- How long a förbund keeps people, and which of its insatser ask for written consent.

-- name: PrivacyRules.OfForbund
-- row: ForbundPrivacyRow
SELECT erasure_months, version FROM forbund_privacy_rule WHERE forbund_id = @ForbundId;

-- name: PrivacyRules.OfInsatser
-- row: InsatsPrivacyRow
-- Every insats that is followed person by person, each delprojekt after its own.
SELECT i.id AS insats_id, i.name, o.name AS parent_name, r.erasure_months, COALESCE(r.needs_consent, 0) AS needs_consent,
    COALESCE(r.consent_before_name, 0) AS consent_before_name
FROM insats i
LEFT JOIN insats o ON o.id = i.parent_id
LEFT JOIN insats_privacy_rule r ON r.insats_id = i.id
WHERE i.forbund_id = @ForbundId AND i.follow_up_method = 'individual'
ORDER BY COALESCE(o.name, i.name) COLLATE Finnish_Swedish_100_CI_AS, CASE WHEN o.id IS NULL THEN 0 ELSE 1 END,
    i.name COLLATE Finnish_Swedish_100_CI_AS, i.id;

-- name: PrivacyRules.AddForbund
INSERT INTO forbund_privacy_rule (forbund_id, erasure_months, version) VALUES (@ForbundId, @ErasureMonths, 1);

-- name: PrivacyRules.SetForbund
UPDATE forbund_privacy_rule SET erasure_months = @ErasureMonths, version = version + 1 WHERE forbund_id = @ForbundId AND version = @Version;

-- name: PrivacyRules.ClearInsatser
DELETE FROM insats_privacy_rule WHERE forbund_id = @ForbundId;

-- name: PrivacyRules.AddInsats
INSERT INTO insats_privacy_rule (insats_id, forbund_id, erasure_months, needs_consent, consent_before_name)
VALUES (@InsatsId, @ForbundId, @ErasureMonths, @NeedsConsent, @ConsentBeforeName);
