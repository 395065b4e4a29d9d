using System.ComponentModel;
using System.Text.Json.Serialization;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Web.Api;

/// <summary>Livelihood and occupation before or after an insats.</summary>
public sealed record SituationBody
{
    // There are not as many livelihoods as that.
    private const int MostShares = 20;

    [JsonPropertyName("forsorjning"), Description("Försörjningens delar, tillsammans högst 100 procent. Tom lista eller null: uppgift saknas.")]
    public IReadOnlyList<LivelihoodBody?>? Livelihoods { get; init; }

    [JsonPropertyName("arbete"), Description("Arbete i procent av heltid, 0–100. De tre om sysselsättning fylls i tillsammans eller lämnas null.")]
    public int? WorkPercent { get; init; }

    [JsonPropertyName("studier"), Description("Studier i procent av heltid, 0–100.")]
    public int? StudyPercent { get; init; }

    [JsonPropertyName("soker_arbete"), Description("Om personen söker arbete aktivt.")]
    public bool? IsJobSeeking { get; init; }

    internal static SituationBody Of(Situation situation) => new()
    {
        Livelihoods = [.. situation.Livelihoods.Select(l => new LivelihoodBody { Code = l.Livelihood, Percent = l.PercentShare })],
        WorkPercent = situation.Occupation?.WorkPercent,
        StudyPercent = situation.Occupation?.StudyPercent,
        IsJobSeeking = situation.Occupation?.IsJobSeeking,
    };

    /// <summary>What to register; what is missing is told in <paramref name="faults"/>, at fields of the store.</summary>
    internal static Situation Read(SituationBody? body, List<FieldError> faults, string prefix = "")
    {
        if (body is null)
            return new Situation();
        var shares = body.Livelihoods ?? [];
        if (shares.Count > MostShares)
            faults.Add(new(prefix + nameof(Situation.Livelihoods), $"Försörjningen kan ha högst {MostShares} delar."));
        else if (shares.Any(s => s?.Code is null))
            faults.Add(new(prefix + nameof(Situation.Livelihoods), "Välj vilken försörjning procenten gäller."));
        else if (shares.Count > 1 && shares.Any(s => s!.Percent is null))
            faults.Add(new(prefix + nameof(Situation.Livelihoods), "Skriv hur många procent av försörjningen det är, när det är flera."));
        var given = new[] { body.WorkPercent is not null, body.StudyPercent is not null, body.IsJobSeeking is not null };
        if (given.Contains(true) && given.Contains(false))
            faults.Add(new(prefix + nameof(Situation.Occupation), "Fyll i arbete, studier och soker_arbete tillsammans, eller inget av dem."));
        return new Situation
        {
            Livelihoods =
                [.. shares.Take(MostShares).Where(s => s?.Code is not null).Select(s => new LivelihoodShare(s!.Code!, s.Percent ?? 100))],
            Occupation = given.Contains(false) ? null : new Occupation(body.WorkPercent!.Value, body.StudyPercent!.Value, body.IsJobSeeking!.Value),
        };
    }
}

/// <summary>A part of a person's livelihood.</summary>
public sealed record LivelihoodBody
{
    [JsonPropertyName("kod"), Description("En kod ur listan forsorjning.")]
    public string? Code { get; init; }

    [JsonPropertyName("procent"), Description("1–100. Får vara null när det bara är en del: då är den hela försörjningen.")]
    public int? Percent { get; init; }
}
