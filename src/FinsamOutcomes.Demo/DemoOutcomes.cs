namespace FinsamOutcomes.Demo;

/// <summary>Why a stay ends, and how the person lived before and after it: the one fits the other.</summary>
internal sealed class DemoOutcomes(DemoRandom random)
{
    // Neither success nor failure; added to what an insats' own levels say.
    private const double NeutralShare = 0.035;

    // Where the levels rise or fall they are drawn for four years and stay where they are after that.
    private const double LevelsUntil = 2026;

    public string Reason(DemoParticipation stay, DemoFlow flow, DateOnly day, bool isClosing)
    {
        var isWoman = stay.Person.Gender == "kvinna";
        if (stay.AgeAt(day) >= 66)
            return "alderspension";
        if (stay.WillDropOut && !isClosing)
            return random.Pick([("avbrott_deltagare", 78.0), ("sjukdom", 12), ("avbrott_insats", 10)]);
        if (random.Chance(NeutralShare))
            return random.Pick([("foraldraledig", stay.AgeAt(day) < 45 ? isWoman ? 60.0 : 25 : 0), ("flyttat", 36), ("avliden", 3)]);

        // What is aimed at is the share of all exits, and those who drop out or leave for neutral reasons have none.
        var time = Math.Min(DemoCalendar.Years(day), LevelsUntil);
        var positive = stay.Person.Gender == "okant"
            ? (flow.PositiveShare(true, time) + flow.PositiveShare(false, time)) / 2
            : flow.PositiveShare(isWoman, time);
        positive *= EducationFactor(stay.Person.Education) * (isClosing ? 0.7 : 1) / (1 - flow.DropoutShare - NeutralShare);
        if (random.Chance(positive))
        {
            return random.Pick([
                ("arbete", flow.Positive.Work * (isWoman ? 0.95 : 1.05)),
                ("subventionerat_arbete", flow.Positive.Subsidised * (isWoman ? 0.88 : 1.14)),
                ("eget_foretagande", flow.Positive.Business),
                ("studier", flow.Positive.Studies * (isWoman ? 1.2 : 0.8)),
            ]);
        }

        return isClosing && random.Chance(0.5)
            ? random.Pick([("annan_insats", 4.0), ("avbrott_insats", 1)])
            : random.Pick(flow.OtherReasons);
    }

    public DemoSituation Before(DemoParticipation stay)
    {
        var age = stay.AgeAt(stay.StartedOn!.Value);
        var main = random.Pick(stay.Insats.Flow!.LivelihoodBefore);
        if ((main == "aktivitetsersattning" && age >= 30) || (main == "sjukersattning" && age < 30))
            main = age < 30 ? "aktivitetsersattning" : "sjukersattning";
        if (age < 19)
            main = "anhorig";
        if (random.Chance(stay.Insats.Flow.ActiveBefore))
        {
            var percent = random.Pick([25, 25, 50]);
            return random.Chance(0.7)
                ? new() { Livelihood = Shares(("lon", percent), (main, 100 - percent)), Work = percent }
                : new() { Livelihood = Shares((main, 100)), Study = percent };
        }

        var livelihood = main is not "ekonomiskt_bistand" and not "ingen" and not "anhorig" && random.Chance(0.16)
            ? Shares((main, random.Pick([50, 60, 75])), ("ekonomiskt_bistand", 0))
            : Shares((main, 100));
        var seeks = main switch { "aktivitetsstod" or "a_kassa" => 0.6, "ekonomiskt_bistand" or "etableringsersattning" or "ingen" => 0.28, _ => 0.06 };
        return new() { Livelihood = livelihood, SeeksWork = random.Chance(seeks) };
    }

    /// <summary>How the person lives afterwards; null when nobody knows.</summary>
    public DemoSituation? After(DemoParticipation stay, string reason)
    {
        var age = stay.AgeAt(stay.EndedOn!.Value);
        var before =
            stay.Before?.Livelihood.MaxBy(l => l.Percent).Code is { } code && !code.StartsWith("lon", StringComparison.Ordinal) ? code : "ekonomiskt_bistand";
        switch (reason)
        {
            case "arbete":
                return Working("lon", random.Pick([100, 100, 100, 75, 50]), before);
            case "subventionerat_arbete":
                return Working("lon_subventionerad", random.Pick([100, 100, 75, 75, 50]), before);
            case "eget_foretagande":
                return Working("foretagsinkomst", random.Pick([100, 50]), before);
            case "studier":
                var percent = random.Pick([100, 100, 100, 50]);
                var source = age < 20 ? "studiestod" : random.Pick([("studiestod", 70.0), ("aktivitetsstod", 12), ("ekonomiskt_bistand", 18)]);
                return new() { Livelihood = percent == 100 ? Shares((source, 100)) : Shares((source, 50), (before, 50)), Study = percent };
            case "arbetssokande":
                var support = random.Pick([("aktivitetsstod", 42.0), ("ekonomiskt_bistand", 34), ("a_kassa", 18), (before, 6)]);
                return random.Chance(0.08)
                    ? new() { Livelihood = Shares(("lon", 25), (support, 75)), Work = 25, SeeksWork = true }
                    : new() { Livelihood = Shares((support, 100)), SeeksWork = true };
            case "sjukersattning":
                return new() { Livelihood = Shares((age < 30 ? "aktivitetsersattning" : "sjukersattning", 100)) };
            case "sjukdom":
                return new() { Livelihood = Shares((random.Chance(0.5) ? "sjukpenning" : before, 100)) };
            case "foraldraledig":
                return new() { Livelihood = Shares(("foraldrapenning", 100)) };
            case "alderspension":
                return new() { Livelihood = Shares(("pension", 100)) };
            case "avliden":
                return null;
            case "flyttat" when random.Chance(0.6):
                return null;
            default:
                return new()
                {
                    Livelihood = Shares((random.Chance(0.85) ? before : "ekonomiskt_bistand", 100)),
                    SeeksWork = reason == "annan_insats" && random.Chance(0.2),
                };
        }
    }

    private static double EducationFactor(string education) => education switch
    {
        "ej_grundskola" => 0.85,
        "grundskola" => 0.95,
        "okand" => 0.9,
        "eftergymnasial_kort" or "eftergymnasial_lang" => 1.1,
        _ => 1.05,
    };

    private static DemoSituation Working(string source, int percent, string rest) =>
        new() { Livelihood = percent == 100 ? Shares((source, 100)) : Shares((source, percent), (rest, 100 - percent)), Work = percent };

    // Together always 100: the last takes what is left, and a source named twice is one.
    private static (string Code, int Percent)[] Shares(params (string Code, int Percent)[] shares)
    {
        shares[^1].Percent = 100 - shares[..^1].Sum(s => s.Percent);
        return [.. shares.GroupBy(s => s.Code, StringComparer.Ordinal).Select(g => (g.Key, g.Sum(s => s.Percent)))];
    }
}
