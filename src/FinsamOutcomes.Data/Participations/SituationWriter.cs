using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Participations;

/// <summary>Checks and writes livelihood and occupation before or after.</summary>
internal static class SituationWriter
{
    /// <summary>
    /// Each share is 1–100 and they are at most 100 together: more is a slip of the pen, less is a part that nobody knows,
    /// which is registered and then asked for by the quality checks. Errors after an insats are told for <c>After.Livelihoods</c>
    /// and <c>After.Occupation</c>, so that a form with both can tell them apart.
    /// </summary>
    public static async Task CheckAsync(RegistrationWrite write, FieldErrors errors, string occasion, Situation situation, CancellationToken cancellationToken)
    {
        var prefix = occasion == "after" ? "After." : "";
        var (livelihoods, occupation) = (prefix + nameof(situation.Livelihoods), prefix + nameof(situation.Occupation));
        var shares = situation.Livelihoods;
        foreach (var share in shares)
        {
            errors.AddIf(
                !await CodeListStore.HoldsAsync(write.Session, "CodeLists.Livelihoods", share.Livelihood, cancellationToken),
                livelihoods,
                "Välj försörjning ur listan.");
            errors.AddIf(share.PercentShare is < 1 or > 100, livelihoods, "Varje del av försörjningen ska vara 1–100 procent.");
        }

        errors.AddIf(
            shares.Select(s => s.Livelihood).Distinct(StringComparer.Ordinal).Count() != shares.Count,
            livelihoods,
            "Samma försörjning står två gånger. Slå ihop dem.");
        errors.AddIf(shares.Sum(s => (long)s.PercentShare) > 100, livelihoods, "Försörjningens delar blir mer än 100 procent tillsammans.");
        errors.AddIf(situation.Occupation is { WorkPercent: < 0 or > 100 }, occupation, "Arbete anges som 0–100 procent av heltid.");
        errors.AddIf(situation.Occupation is { StudyPercent: < 0 or > 100 }, occupation, "Studier anges som 0–100 procent av heltid.");
    }

    /// <summary>What is known, <c>before</c> or <c>after</c>.</summary>
    public static async Task<Situation> ReadAsync(
        DatabaseSession session,
        int forbundId,
        int participationId,
        string occasion,
        CancellationToken cancellationToken)
    {
        var arguments = new { ForbundId = forbundId, ParticipationId = participationId };
        var livelihoods = await session.QueryAsync<LivelihoodRow>("Participations.Livelihoods", arguments, cancellationToken);
        var occupations = await session.QueryAsync<OccupationRow>("Participations.Occupations", arguments, cancellationToken);
        return new Situation
        {
            Livelihoods = [.. livelihoods.Where(l => l.Occasion == occasion).Select(l => new LivelihoodShare(l.Livelihood, l.PercentShare))],
            Occupation = occupations
                .Where(o => o.Occasion == occasion)
                .Select(o => new Occupation(o.WorkPercent, o.StudyPercent, o.IsJobSeeking))
                .SingleOrDefault(),
        };
    }

    /// <summary>Replaces what was there for the occasion, and notes what became of it.</summary>
    public static async Task ReplaceAsync(
        RegistrationWrite write,
        ParticipationRow row,
        string occasion,
        Situation situation,
        CancellationToken cancellationToken)
    {
        var old = await ReadAsync(write.Session, write.ForbundId, row.Id, occasion, cancellationToken);
        var place = new { write.ForbundId, ParticipationId = row.Id, Occasion = occasion };
        await write.Session.ExecuteAsync("Participations.ClearLivelihoods", place, cancellationToken);
        await write.Session.ExecuteAsync("Participations.ClearOccupation", place, cancellationToken);
        await AddAsync(write, row.Id, occasion, situation, cancellationToken);
        var given = await ReadAsync(write.Session, write.ForbundId, row.Id, occasion, cancellationToken);
        var prefix = occasion == "before" ? "Before." : "After.";
        Note(nameof(situation.Livelihoods), Text(old.Livelihoods), Text(given.Livelihoods));
        Note(nameof(Occupation.WorkPercent), old.Occupation?.WorkPercent, given.Occupation?.WorkPercent);
        Note(nameof(Occupation.StudyPercent), old.Occupation?.StudyPercent, given.Occupation?.StudyPercent);
        Note(nameof(Occupation.IsJobSeeking), old.Occupation?.IsJobSeeking, given.Occupation?.IsJobSeeking);

        void Note(string field, object? from, object? to) => write.Changed(ChangedEntity.Participation, row.Id, row.Version + 1, prefix + field, from, to);
    }

    /// <summary>Writes what is known where nothing was.</summary>
    public static async Task AddAsync(RegistrationWrite write, int participationId, string occasion, Situation situation, CancellationToken cancellationToken)
    {
        foreach (var share in situation.Livelihoods)
            await write.Session.ExecuteAsync(
                "Participations.AddLivelihood",
                new
                {
                    write.ForbundId,
                    ParticipationId = participationId,
                    Occasion = occasion,
                    share.Livelihood,
                    share.PercentShare,
                },
                cancellationToken);
        if (situation.Occupation is { } o)
            await write.Session.ExecuteAsync(
                "Participations.AddOccupation",
                new
                {
                    write.ForbundId,
                    ParticipationId = participationId,
                    Occasion = occasion,
                    o.WorkPercent,
                    o.StudyPercent,
                    o.IsJobSeeking,
                },
                cancellationToken);
    }

    // As "sjukpenning 60, lon 40": codes with their shares, in the order of the list.
    private static string? Text(IReadOnlyList<LivelihoodShare> shares) =>
        shares.Count == 0 ? null : string.Join(", ", shares.Select(s => $"{s.Livelihood} {s.PercentShare}"));
}
