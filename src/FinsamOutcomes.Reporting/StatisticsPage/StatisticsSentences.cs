using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.StatisticsPage;

/// <summary>
/// The answer in plain Swedish. With fewer than ten the counts are said and nothing is claimed; otherwise a difference is
/// claimed only when its interval leaves out 0.
/// </summary>
internal sealed class StatisticsSentences(StatisticsFilter filter, string definitionLabel, (DateOnly From, DateOnly To)? before)
{
    private const int FewestPeriods = 3;
    private const double SeenDifference = 0.10;

    // What follows "41 % av kvinnornas avslut …".
    private string Outcome => filter.Definition switch
    {
        "arbete-eller-studier" => "gick till arbete eller studier",
        "arbete-studier-eller-aktivt-arbetssokande" => "gick till arbete, studier eller aktivt arbetssökande",
        "positiv-losning" => "avslutade med en positiv lösning",
        "borjade-eller-okade" => "började eller ökade arbete eller studier",
        "subventionerat-arbete" => "gick till subventionerat arbete",
        _ => $"hade ett positivt avslut ({definitionLabel})",
    };

    private string Those => filter.Denominator switch
    {
        "deltagande" => "som deltog",
        "avslutade-utom-neutrala" => "som avslutade (neutrala avslut borträknade)",
        _ => "som avslutade",
    };

    // "under perioden avslutade inga": what they did, without "som".
    private string Did => Those["som ".Length..];

    /// <summary>What a board member takes along: is there a difference, has anything changed. The numbers follow.</summary>
    public string Headline(StatisticsAnswer answer)
    {
        // Women or men can be told of where both together can't.
        var isEither = filter.Gender is null && answer.All.State.IsKeptBack()
            && (answer.Women is { State: CellState.Shown } || answer.Men is { State: CellState.Shown });
        if (answer.All.State != CellState.Shown && !isEither)
        {
            return answer.All.State switch
            {
                CellState.Hidden => "Andelen visas inte, eftersom den bygger på för få (dold).",
                CellState.Protecting => "Andelen visas inte, eftersom den skulle avslöja ett litet tal (skyddad).",
                CellState.NotAsked => "Uppgiften som definitionen behöver är inte ifylld, så andelen går inte att räkna.",
                _ => $"Ingen {Did} under perioden.",
            };
        }

        var parts = new List<string>();
        if (filter.Gender is null)
        {
            parts.Add(
                answer.Women is { State: CellState.Hidden or CellState.Protecting } || answer.Men is { State: CellState.Hidden or CellState.Protecting }
                    ? "Det går inte att jämföra kvinnor och män: en andel är dold."
                : answer.Gap is not { } gap || IsFew(answer.Women!) || IsFew(answer.Men!) ? "Det går inte att jämföra kvinnor och män: underlaget är för litet."
                : StatisticsAnswer.DependsOnMissing(answer.Women, answer.Men)
                    ? $"Det går inte att säga än om kvinnor och män skiljer sig åt: {Lacks(answer.Women, answer.Men)}."
                : gap.Lower > 0 ? "Positiva avslut är vanligare bland kvinnor än bland män."
                : gap.Upper < 0 ? "Positiva avslut är vanligare bland män än bland kvinnor."
                : "Ingen säker skillnad mellan kvinnor och män.");
        }

        var then = $"samma period {StatisticsPeriods.BeforeWords(filter.From, before)}";
        parts.Add(before is null || !HasBefore(answer) ? $"Det finns inget att jämföra med från {then}."
            : answer.All.State != CellState.Shown ? $"Det går inte att jämföra med {then}: andelen av alla är dold."
            : answer.AllBefore is { State: CellState.Hidden or CellState.Protecting } ? $"Det går inte att jämföra med {then}: andelen då är dold."
            : answer.Change is not { } change || IsFew(answer.All) || IsFew(answer.AllBefore!)
                ? $"Det går inte att jämföra med {then}: underlaget är för litet."
            : StatisticsAnswer.DependsOnMissing(answer.All, answer.AllBefore)
                ? $"Det går inte att säga än om andelen har ändrats mot {then}: {Lacks(answer.All, answer.AllBefore)}."
            : change.Lower > 0 ? $"Andelen positiva avslut är högre än {then}."
            : change.Upper < 0 ? $"Andelen positiva avslut är lägre än {then}."
            : $"Ingen säker förändring mot {then}.");
        return string.Join(' ', parts);
    }

    public IReadOnlyList<StatisticsSentence> All(StatisticsAnswer answer, ControlChartFigure? trend, string since, StatisticsMissing? missing)
    {
        var sentences = new List<StatisticsSentence>();
        if (filter.Gender is null)
        {
            sentences.Add(new("kon", Genders(answer)));
            if (before is not null && HasBefore(answer))
                sentences.Add(new("kon", GapBefore(answer)));
        }
        else
        {
            sentences.Add(new("kon", Single(answer.All)));
        }

        if (before is { } then && !HasBefore(answer))
        {
            sentences.Add(new("ar", $"Det finns inget att jämföra med {Swedish.Period(then.From, then.To)} (inget underlag)."));
        }
        else if (before is not null)
        {
            sentences.Add(
                new("ar", Change(filter.Gender is null ? "Totalt" : Group(filter.Gender), answer.All, answer.AllBefore, answer.Change, answer.Decimals)));
            if (filter.Gender is null)
            {
                sentences.Add(new("ar", Change("Bland kvinnor", answer.Women, answer.WomenBefore, answer.ChangeOfWomen, answer.Decimals)));
                sentences.Add(new("ar", Change("Bland män", answer.Men, answer.MenBefore, answer.ChangeOfMen, answer.Decimals)));
            }
        }

        if (trend is { Center: not null } && trend.Points.Count(p => p.Share.State == CellState.Shown) >= FewestPeriods)
            sentences.Add(
                new(
                    "trend",
                    $"Andelen följs {since}. {string.Join(' ', trend.Findings)}"
                        + (trend.IsPreliminary ? " Gränserna är preliminära, eftersom perioderna är färre än tolv." : "")));
        if (filter.Gender is null && answer.Gap is { Lower: <= 0, Upper: >= 0 } gap)
            sentences.Add(new("underlag", Needed(gap)));
        if (missing is not null && answer.All.State == CellState.Shown)
            sentences.Add(new("underlag", Missing(missing, answer.All)));
        return sentences;
    }

    private static bool HasBefore(StatisticsAnswer answer) => answer.AllBefore is not (null or { State: CellState.NoData });

    private string Genders(StatisticsAnswer answer)
    {
        var (women, men) = (answer.Women!, answer.Men!);
        if (women.State == CellState.NotAsked || men.State == CellState.NotAsked)
            return $"Det går inte att säga hur stor andel som {Outcome}: uppgiften som behövs är inte ifylld (ej tillfrågad).";
        if (women.State == CellState.NoData && men.State == CellState.NoData)
            return $"Inga kvinnor eller män {Did} under perioden (inget underlag).";
        if (women.State != CellState.Shown || men.State != CellState.Shown)
            return string.Join(' ', new[] { Single(women, "kvinnorna", "kvinnor"), Single(men, "männen", "män") });
        var shares = $"{Part(women, "kvinnorna", "kvinnor")} och {Part(men, "männen", "män")} {Those} {Outcome}{Counts(women, men)}.";
        return StatisticsAnswer.DependsOnMissing(women, men)
            ? $"{shares} Det går inte att säga än om kvinnor och män skiljer sig åt: {Lacks(women, men)}, och de räknas inte som positiva."
            : $"{shares} {PercentagePoints.BetweenWomenAndMen(answer.Gap!.Value, answer.Decimals)}";
    }

    private string GapBefore(StatisticsAnswer answer)
    {
        var (women, men) = (answer.WomenBefore!, answer.MenBefore!);
        var period = Swedish.Period(before!.Value.From, before.Value.To);
        if (women.State != CellState.Shown || men.State != CellState.Shown)
            return $"För {period} går kvinnor och män inte att jämföra ({(women.State != CellState.Shown ? women : men).State.ToSwedish()}).";
        var shares = $"{Part(women, "kvinnorna", "kvinnor")} och {Part(men, "männen", "män")}{Counts(women, men)}";
        return $"{period}: {shares}. {PercentagePoints.BetweenWomenAndMen(answer.GapBefore!.Value, answer.Decimals)}";
    }

    private string Change(string who, MeasureCell? now, MeasureCell? then, ShareDifference? change, int decimals)
    {
        var period = Swedish.Period(before!.Value.From, before.Value.To);
        if (change is not { } difference || now is null || then is null)
        {
            var state = new[] { now, then }.FirstOrDefault(c => c is not { State: CellState.Shown })?.State ?? CellState.NoData;
            return $"{who}: går inte att jämföra med {period} ({state.ToSwedish()}).";
        }

        if (IsFew(now) || IsFew(then))
            return $"{who}: {Short(now)}, mot {Short(then)} {period}. Det är för få för att säga om något har ändrats.";
        if (StatisticsAnswer.DependsOnMissing(now, then))
            return $"{who}: {Short(now)}, mot {Short(then)} {period}. Det går inte att säga än om andelen har ändrats: {Lacks(now, then)}, och de räknas inte som positiva.";
        var says = difference.InWords("nu minus före", "Andelen har ökat", "Andelen har minskat", "Andelen är oförändrad", decimals);
        return $"{who}: {Short(now)}, mot {Short(then)} {period}. {says}";
    }

    // What keeps a difference from being sure, in either of the two that are compared.
    private static string Lacks(MeasureCell? first, MeasureCell? second)
    {
        var isHidden = first?.Missing is { Number: null } || second?.Missing is { Number: null };
        return isHidden
            ? "uppgift om hur det gick saknas för några avslut"
            : $"uppgift om hur det gick saknas för {Swedish.Count(StatisticsAnswer.Missing(first) + StatisticsAnswer.Missing(second))} avslut";
    }

    // Counted as not positive, they make every share too low: by how much is said where it can be.
    private string Missing(StatisticsMissing missing, MeasureCell all)
    {
        var what = missing.IsOccupation ? "saknas uppgift om arbete och studier före eller efter" : "saknas avslutsorsak";
        if (missing.Number is not { } number)
            return $"För ett antal avslut (visas inte) {what}. De räknas inte som positiva.";
        var known =
            filter.Denominator == "avslutade"
            && DisclosureControl.Share(filter.Policy, Share.Of(all.Numerator!.Value, missing.Of - number)) is { Value: { } share } of
            && of.Denominator >= PercentagePoints.Few
                ? $" Bland de {Swedish.Count(of.Denominator)} där uppgiften finns är andelen {Swedish.Percent(share)}."
                : "";
        return $"För {Swedish.Count(number)} av {Swedish.Count(missing.Of)} avslut {what}. De räknas inte som positiva.{known}";
    }

    // A number of so many digits would say more than is known.
    private static long Roughly(long number) => number <= 20 ? number : (long)Math.Ceiling(number / 10d) * 10;

    private string Needed(ShareDifference gap)
    {
        var more = SampleSize.ToSeeDifference(gap.Women, gap.Men, SeenDifference).Total;
        return more == 0
            ? "Underlaget räcker för att upptäcka en skillnad på 10 procentenheter mellan kvinnor och män."
            : $"För att kunna upptäcka en skillnad på 10 procentenheter mellan kvinnor och män behövs ungefär {Swedish.Count(Roughly(more))} {filter.Unit} till, till exempel genom en längre period.";
    }

    private string Single(MeasureCell cell) => filter.Gender switch
    {
        "woman" => Single(cell, "kvinnorna", "kvinnor"),
        "man" => Single(cell, "männen", "män"),
        _ => Single(cell, "dem med okänt kön", "personer med okänt kön"),
    };

    private string Single(MeasureCell cell, string definite, string plain) =>
        cell.State switch
        {
            CellState.Shown => Capital(
                $"{Part(cell, definite, plain)} {Those} {Outcome}{(IsFew(cell) ? "" : $" ({Swedish.Count(cell.Numerator!.Value)} av {Swedish.Count(cell.Denominator!.Value)})")}."
            ),
            CellState.Hidden => $"Av {definite} {Those} visas inte hur stor andel som {Outcome}, eftersom den bygger på för få (dold).",
            CellState.Protecting => $"Av {definite} {Those} visas inte hur stor andel som {Outcome}, eftersom den skulle avslöja ett litet tal (skyddad).",
            CellState.NotAsked => $"Uppgiften som behövs för {definite} är inte ifylld (ej tillfrågad).",
            _ => $"Inga {plain} {Did} under perioden (inget underlag).",
        };

    private static string Part(MeasureCell cell, string definite, string plain) => IsFew(cell)
        ? $"{Swedish.Count(cell.Numerator!.Value)} av {Swedish.Count(cell.Denominator!.Value)} {Inflected(plain, cell.Denominator.Value)}"
        : $"{Swedish.Percent(cell.Value!.Value)} av {definite}";

    // "1 av 1 kvinna", but "1 av 2 kvinnor".
    private static string Inflected(string plain, long number) =>
        number != 1
            ? plain
            : plain
                .Replace("kvinnor", "kvinna", StringComparison.Ordinal)
                .Replace("män", "man", StringComparison.Ordinal)
                .Replace("personer", "person", StringComparison.Ordinal);

    // The counts behind percentages; where few are said as counts already, only for the other.
    private static string Counts(MeasureCell women, MeasureCell men)
    {
        var parts = new[] { (Cell: women, Word: "kvinnor"), (Cell: men, Word: "män") }
            .Where(p => !IsFew(p.Cell))
            .Select(p => $"{Swedish.Count(p.Cell.Numerator!.Value)} av {Swedish.Count(p.Cell.Denominator!.Value)} {p.Word}")
            .ToList();
        return parts.Count == 0 ? "" : $" ({string.Join(", ", parts)})";
    }

    private static string Short(MeasureCell cell) => IsFew(cell)
        ? $"{Swedish.Count(cell.Numerator!.Value)} av {Swedish.Count(cell.Denominator!.Value)}"
        : $"{Swedish.Percent(cell.Value!.Value)} ({Swedish.Count(cell.Numerator!.Value)} av {Swedish.Count(cell.Denominator!.Value)})";

    private static bool IsFew(MeasureCell cell) => cell.Denominator < PercentagePoints.Few;

    private static string Group(string gender) => gender switch
    {
        "woman" => "Bland kvinnor",
        "man" => "Bland män",
        _ => "Bland dem med okänt kön",
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
