using System.Text.RegularExpressions;

namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>Numbers in running text and notes.</summary>
internal sealed partial class TextMeaning(Puzzle puzzle, Lexicon words, TableMeaning tables)
{
    private const string Number = @"(högst |minst |ungefär )?(?<NAME>\d{1,3}( \d{3})*|\(?dold\)?|\(?skyddad\)?)";

    private const string ShareOf =
        @"(?<NAME>\(?dold\)?|\(?skyddad\)?|\(?inget underlag\)?|([<>]? ?\d+(,\d+)? % \()?(?<NAME1>\d[\d ]*) av (?<NAME2>\d[\d ]*\d|\d)\)?)";

    private static readonly Regex s_shares = Make(
        "gick {S:a} till (?<what>[a-zåäö/ ]+?)(: {S:w} av kvinnornas och {S:m} av männens)?[.,]");

    private static readonly Regex s_womenFirst = Make("Av kvinnornas avslut gick {S:w} till (?<what>[a-zåäö/ ]+?), av männens {S:m}");

    private static readonly Regex s_people = Make("deltog {N:a} personer [^.:]*: {N:w} kvinnor och {N:m} män");

    private static readonly Regex s_anonymous = Make("Av dem var {N:a} anonyma");

    private static readonly Regex s_stays = Make("stod för {N:a} deltaganden");

    private static readonly Regex s_begun = Make("{N:a} deltaganden påbörjades och {N:b} avslutades");

    private static readonly Regex s_answered = Make("svar både vid start och avslut för {N:a} av {N:b}( \\(\\d+ %\\))? avslut: "
        + "för {N:c} av {N:d}( \\(\\d+ %\\))? positiva och {N:e} av {N:f}");

    private static readonly Regex s_paired = Make(
        "Bygger på {N:a} av {N:b} avslut med uppgift om (?<subject>försörjning|sysselsättning) både före och efter");

    private static readonly Regex s_lost = Make(
        "uppgift om (?<subject>försörjning|sysselsättning) både före och efter\\. Bara före: {N:a}, bara efter: {N:b}, ingen uppgift: {N:c}");

    private static readonly Regex s_oneSided = Make(
        "Bygger på {N:a} av {N:b} avslut\\. För övriga saknas uppgift om (?<subject>försörjning|sysselsättning) (?<side>före|efter)");

    private static readonly Regex s_reasonless = Make(
        "[Ff]ör (ett antal|några få|{N:a})( av {N:b})? avslut( \\((visas inte|antalet är dolt)\\))? saknas avslutsorsak");

    private static readonly Regex s_workless = Make("för {N:a} av {N:b} avslut saknas uppgift om arbete eller studier");

    private static readonly Regex s_still = Make("{N:a}( av {N:b})? deltaganden var kvar vid periodens slut");

    private static readonly Regex s_sizes = Make("(^|[. ])n: Kvinnor {N:w}(, Män {N:m})?(, Okänt kön {N:u})?\\.");

    /// <summary>Running text under a heading, of the period that the document is about.</summary>
    public void Read(PrintedText text, string period)
    {
        var plain = PrintedNumber.Plain(text.Text);
        if (plain.Length < 15)
            return;
        var question = Question.Of("").With(Question.Period, period).With(Question.Place, words.Places.ContainsKey(text.Heading) ? text.Heading : null);
        var place = new HiddenPlace(text.Source, text.Heading.Length > 0 ? text.Heading : "Löpande text", Shortened(plain), "");
        if (s_womenFirst.Match(plain) is { Success: true } first)
        {
            Share(first, "w", question.With(Question.Gender, "Kvinnor"), first.Groups["what"].Value, place);
            Share(first, "m", question.With(Question.Gender, "Män"), first.Groups["what"].Value, place);
        }
        else if (s_shares.Match(plain) is { Success: true } shares)
        {
            var what = shares.Groups["what"].Value;
            Share(shares, "a", question, what, place);
            Share(shares, "w", question.With(Question.Gender, "Kvinnor"), what, place);
            Share(shares, "m", question.With(Question.Gender, "Män"), what, place);
        }

        if (s_people.Match(plain) is { Success: true } people)
        {
            Count(people, "a", question.As(Units.Persons), place);
            Count(people, "w", question.As(Units.Persons).With(Question.Gender, "Kvinnor"), place);
            Count(people, "m", question.As(Units.Persons).With(Question.Gender, "Män"), place);
        }

        if (s_anonymous.Match(plain) is { Success: true } anonymous)
            Count(anonymous, "a", question.As(Units.Anonymous), place);
        if (s_stays.Match(plain) is { Success: true } stays)
            Count(stays, "a", question.As(Units.InPeriod), place);
        if (s_begun.Match(plain) is { Success: true } begun)
        {
            Count(begun, "a", question.As(Units.New), place);
            Count(begun, "b", question.As(Units.Ended), place);
        }
    }

    /// <summary>The notes under a table.</summary>
    public void Read(PrintedTable table)
    {
        var subtitle = Subtitle.Of(table.Subtitle);
        if (PeriodOf.Range(subtitle.Period) is null || subtitle.Limits.Count > 0)
            return;
        var question = Question.Of("").With(Question.Period, subtitle.Period).With(Question.Place, tables.PlaceOf(table.Title, table.Heading));
        var notes = PrintedNumber.Plain(string.Join(' ', table.Notes));
        var place = new HiddenPlace(table.Source, table.Title, "anmärkning", "");
        if (s_answered.Match(notes) is { Success: true } answered)
        {
            Count(answered, "b", question.As(Units.Ended), place);
            Count(answered, "d", question.As(Units.Ended).With("positiv", tables.DefaultDefinition), place);
        }

        if (s_paired.Match(notes) is { Success: true } paired)
        {
            Count(paired, "a", question.As($"{paired.Groups["subject"].Value}/båda"), place);
            Count(paired, "b", question.As(Units.Ended), place);
        }

        if (s_lost.Match(notes) is { Success: true } lost)
        {
            foreach (var (group, unit) in new[] { ("a", "bara före"), ("b", "bara efter"), ("c", "ingen") })
                Count(lost, group, question.As($"{lost.Groups["subject"].Value}/{unit}"), place);
        }

        if (s_oneSided.Match(notes) is { Success: true } side)
        {
            Count(side, "a", question.As($"{side.Groups["subject"].Value}/med {side.Groups["side"].Value}"), place);
            Count(side, "b", question.As(Units.Ended), place);
        }

        if (subtitle.Unit == "Avslut" && s_reasonless.Match(notes) is { Success: true } reasonless && words.Values("orsak").Contains("Uppgift saknas"))
        {
            var missing = question.As(Units.Ended).With("orsak", "Uppgift saknas");
            if (reasonless.Groups["a"].Success)
                Count(reasonless, "a", missing, place);
            else
                puzzle.Between(puzzle.Of(missing), 1, Puzzle.Most);
        }

        if (s_workless.Match(notes) is { Success: true } workless && Whole(workless, "a") is { } without && Whole(workless, "b") is { } of)
            puzzle.Print(question.As("sysselsättning/båda"), of - without, place.Table);
        if (s_still.Match(notes) is { Success: true } still)
        {
            Count(still, "a", question.As(Units.FollowedOngoing), place);
            Count(still, "b", question.As(Units.Followed), place);
        }

        if (subtitle.Unit == "Deltaganden" && s_sizes.Match(notes) is { Success: true } sizes)
        {
            foreach (var (group, gender) in new[] { ("w", "Kvinnor"), ("m", "Män"), ("u", "Okänt kön") })
                Count(sizes, group, question.As(Units.Followed).With(Question.Gender, gender), place);
        }
    }

    private void Count(Match match, string group, Question question, HiddenPlace place)
    {
        if (!match.Groups[group].Success)
            return;
        var number = PrintedNumber.Read(match.Groups[group].Value);
        if (number.IsCount)
        {
            puzzle.Print(question, number.Count, $"{place.Source}: {place.Row}");
        }
        else if (number.IsHidden)
        {
            var unknown = puzzle.Of(question);
            if (number.Kind == PrintedKind.Small)
                puzzle.Between(unknown, 1, Puzzle.Few);
            else
                puzzle.Protecting(unknown);
            puzzle.Hide(AttackedKind.Count, unknown, by: null, place);
        }
    }

    private void Share(Match match, string group, Question question, string what, HiddenPlace place)
    {
        if (!match.Groups[group].Success)
            return;
        var (numerator, denominator) = (question.As(Units.Ended).With("positiv", Lexicon.Definition(what)), question.As(Units.Ended));
        if (match.Groups[group + "1"].Success)
        {
            puzzle.Print(numerator, PrintedNumber.Whole(match.Groups[group + "1"].Value), $"{place.Source}: {place.Row}");
            puzzle.Print(denominator, PrintedNumber.Whole(match.Groups[group + "2"].Value), $"{place.Source}: {place.Row}");
        }
        else if (PrintedNumber.Read(match.Groups[group].Value) is { IsHidden: true } hidden)
        {
            var (a, b) = (puzzle.Of(numerator), puzzle.Of(denominator));
            puzzle.AtMost(place.Table, a, b);
            if (hidden.Kind == PrintedKind.Small)
                puzzle.Choose(place.Table, Puzzle.SmallOf(a, b));
            puzzle.Hide(AttackedKind.Share, a, b, place);
        }
    }

    private static long? Whole(Match match, string group) => PrintedNumber.Read(match.Groups[group].Value) is { IsCount: true } number ? number.Count : null;

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + " …";

    // {N:a} is a number or a hidden one, {S:a} a share with its counts or a hidden one.
    private static Regex Make(string pattern)
    {
        foreach (var name in "abcdefwmu".Select(c => c.ToString()))
        {
            pattern = pattern.Replace($"{{N:{name}}}", Number.Replace("NAME", name, StringComparison.Ordinal), StringComparison.Ordinal)
                .Replace($"{{S:{name}}}", ShareOf.Replace("NAME", name, StringComparison.Ordinal), StringComparison.Ordinal);
        }

        return new Regex(pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(2));
    }
}
