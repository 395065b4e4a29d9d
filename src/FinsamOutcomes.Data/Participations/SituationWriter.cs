using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Participations;

/// <summary>Checks and writes livelihood and occupation before or after.</summary>
internal static class SituationWriter
{
    /// <summary>
    /// Each share is 1–100 and they are at most 100 together: more is a slip of the pen, less is a part that nobody knows,
    /// which is registered and then asked for by the quality checks.
    /// </summary>
    public static async Task CheckAsync(RegistrationWrite write, FieldErrors errors, Situation situation, CancellationToken cancellationToken)
    {
        var shares = situation.Livelihoods;
        foreach (var share in shares)
        {
            errors.AddIf(!await CodeListStore.HoldsAsync(write.Session, "CodeLists.Livelihoods", share.Livelihood, cancellationToken), nameof(situation.Livelihoods), "Välj försörjning ur listan.");
            errors.AddIf(share.PercentShare is < 1 or > 100, nameof(situation.Livelihoods), "Varje del av försörjningen ska vara 1–100 procent.");
        }

        errors.AddIf(shares.Select(s => s.Livelihood).Distinct(StringComparer.Ordinal).Count() != shares.Count, nameof(situation.Livelihoods), "Samma försörjning står två gånger. Slå ihop dem.");
        errors.AddIf(shares.Sum(s => (long)s.PercentShare) > 100, nameof(situation.Livelihoods), "Försörjningens delar blir mer än 100 procent tillsammans.");
        errors.AddIf(situation.Occupation is { WorkPercent: < 0 or > 100 }, nameof(situation.Occupation), "Arbete anges som 0–100 procent av heltid.");
        errors.AddIf(situation.Occupation is { StudyPercent: < 0 or > 100 }, nameof(situation.Occupation), "Studier anges som 0–100 procent av heltid.");
    }

    /// <summary>Replaces what was there for the occasion.</summary>
    public static async Task ReplaceAsync(RegistrationWrite write, int participationId, string occasion, Situation situation, CancellationToken cancellationToken)
    {
        var place = new { write.ForbundId, ParticipationId = participationId, Occasion = occasion };
        await write.Session.ExecuteAsync("Participations.ClearLivelihoods", place, cancellationToken);
        await write.Session.ExecuteAsync("Participations.ClearOccupation", place, cancellationToken);
        foreach (var share in situation.Livelihoods)
            await write.Session.ExecuteAsync("Participations.AddLivelihood", new { write.ForbundId, place.ParticipationId, place.Occasion, share.Livelihood, share.PercentShare }, cancellationToken);
        if (situation.Occupation is { } o)
            await write.Session.ExecuteAsync("Participations.AddOccupation", new { write.ForbundId, place.ParticipationId, place.Occasion, o.WorkPercent, o.StudyPercent, o.IsJobSeeking }, cancellationToken);
    }
}
