using System.Text.RegularExpressions;

namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>
/// Understands a printed table: what each of its numbers is a count of, from title, subtitle, headings and rows, in the words
/// of the publication alone.
/// </summary>
internal sealed partial class TableMeaning(Puzzle puzzle, Lexicon words)
{
    private const string PairedWords = "Med uppgift både före och efter";

    private static readonly HashSet<string> s_labels = new(StringComparer.OrdinalIgnoreCase)
    {
        "Insats", "Kön", "Fråga", "Kategori", "Grupp", "Del", "Period", "Tid", "Definition", "Avslutsorsak", "Försörjning", "Sysselsättning", "Utbildning",
        "Remittent",
        "Ålder vid inskrivning", "Ålder", "Dagar sedan inskrivning", "Mål", "Gäller", "Målnivå", "Bedömning", "Läge", "Signal", "95 % konfidensintervall",
    };

    private static readonly Dictionary<string, string> s_stays = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Deltagande i perioden"] = "i perioden",
        ["Nya"] = "nya",
        ["Avslutade"] = "avslutade",
        ["Pågående vid periodens slut"] = "pågående",
        ["varav anonyma"] = "anonyma",
    };

    private static readonly Dictionary<string, string> s_answers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Svar båda gångerna"] = Units.Paired,
        ["n par"] = Units.Paired,
        ["n"] = Units.Paired,
        ["Bara start"] = Units.StartOnly,
        ["Bara avslut"] = Units.ExitOnly,
        ["Medel före"] = "medel/före",
        ["Vid start"] = "medel/före",
        ["Medel efter"] = "medel/efter",
        ["Vid avslut"] = "medel/efter",
        ["Medelförändring"] = "medel/förändring",
        ["Förändring"] = "medel/förändring",
    };

    private static readonly Dictionary<string, string> s_known = new(StringComparer.OrdinalIgnoreCase)
    {
        [PairedWords] = "båda",
        ["Bara före"] = "bara före",
        ["Bara efter"] = "bara efter",
        ["Ingen uppgift"] = "ingen",
    };

    /// <summary>Tables that list all values of a dimension that have somebody: what they leave out is 0.</summary>
    public List<(Question Base, string Dimension, HashSet<string> Present)> Lists { get; } = [];

    /// <summary>Differences between women's and men's shares, which say something once their denominators are known.</summary>
    public List<(Unknown WomenOf, Unknown Women, Unknown MenOf, Unknown Men, double Lower, double Upper)> Differences { get; } = [];

    /// <summary>Means that are printed, and with how many decimals.</summary>
    public List<(Question Number, string Which, double Value, int Decimals)> Means { get; } = [];

    /// <summary>The definition of positive exit that running text speaks of.</summary>
    public string DefaultDefinition { get; set; } = "arbete eller studier";

    public void Read(PrintedTable table)
    {
        var subtitle = Subtitle.Of(table.Subtitle);
        var reading = new Reading(this, table, subtitle);
        if (table.Headers.Count < 2 || subtitle.Unit.Length == 0)
            return;
        if (PrintedNumber.Plain(table.Headers[0]) == "Mål")
            reading.Targets();
        else if (subtitle.Unit != "Hela kronor")
            reading.Rows();
    }

    /// <summary>The insats that a title or heading speaks of; null for the whole förbund.</summary>
    public string? PlaceOf(string title, string heading)
    {
        foreach (var name in words.Places.Keys.OrderByDescending(n => n.Length))
        {
            if (title.TrimEnd('?').EndsWith(" i " + name, StringComparison.Ordinal) || title.TrimEnd('?').EndsWith(" för " + name, StringComparison.Ordinal))
                return name;
        }

        return words.Places.ContainsKey(heading) ? heading : null;
    }

    /// <summary>One table.</summary>
    private sealed class Reading(TableMeaning meaning, PrintedTable table, Subtitle subtitle)
    {
        private readonly Puzzle _puzzle = meaning.Puzzle;
        private readonly Lexicon _words = meaning.Words;
        private readonly string _notes = PrintedNumber.Plain(string.Join(' ', table.Notes));
        private readonly List<(Question Question, bool IsShare)> _found = [];
        private List<Column> _columns = [];
        private bool _isShare;

        private Question Base
        {
            get
            {
                var question = Question.Of("").With(Question.Period, subtitle.Period).With(Question.Place, meaning.PlaceOf(table.Title, table.Heading));
                foreach (var limit in subtitle.Limits)
                {
                    question = _words.Places.ContainsKey(limit) ? question.With(Question.Place, limit)
                        : Lexicon.Gender(limit) is { } gender ? question.With(Question.Gender, gender)
                        : question.With("urval", question["urval"] is { } before ? $"{before}, {limit}" : limit);
                }

                return question;
            }
        }

        private bool IsCurve => PrintedNumber.Plain(table.Headers[0]) == "Dagar sedan inskrivning";

        public void Targets()
        {
            foreach (var row in table.Rows)
            {
                var (name, place) = (Cell(row, "Mål").Text, Cell(row, "Gäller").Text);
                if (place.Length == 0 && name.LastIndexOf(", ", StringComparison.Ordinal) is > 0 and var comma)
                    (name, place) = (name[..comma], name[(comma + 2)..]);
                var question = Base.With(Question.Period, Year().Match(subtitle.Whole).Value is { Length: > 0 } year ? year : null)
                    .With(Question.Place, Lexicon.IsTotal(place) ? null : place);
                var (outcome, n) = (Cell(row, "Utfall"), Cell(row, "n"));
                var definition = meaning.DefaultDefinition;
                if (name.StartsWith("Positiva avslut", StringComparison.Ordinal))
                    Share(question.As(Units.Ended).With("positiv", definition), question.As(Units.Ended), default, n, outcome, row, "Utfall",
                        isStacked: false, isOfDenominator: false);
                else if (name == "Genomströmning")
                    Share(question.As(Units.Ended), question.As(Units.InPeriod), default, n, outcome, row, "Utfall", isStacked: false, isOfDenominator: false);
                else if (name == "Deltaganden")
                    Count(question.As(Units.InPeriod), outcome, row, "Utfall");
                else if (name.StartsWith("Personer (deltagare", StringComparison.Ordinal))
                    Count(question.As(Units.Persons), outcome, row, "Utfall");
                else if (name.StartsWith("I kö", StringComparison.Ordinal) || name.StartsWith("Kö", StringComparison.Ordinal))
                    Count(question.As(Units.Queue), outcome, row, "Utfall");
            }
        }

        public void Rows()
        {
            _columns = Columns();
            _isShare = subtitle.Definition is not null
                || _columns.Exists(c => c.Field is "andel" or "antal" && c.Group.Length > 0)
                || _columns.Exists(c => c.Field == "andel")
                || IsThroughput
                || table.Rows.Any(r => r.Any(c => PrintedNumber.Read(c).Kind is PrintedKind.Share or PrintedKind.CountOf));
            var lists = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
            foreach (var row in table.Rows.Where(r => r.Count == 0 || PrintedNumber.Plain(r[0].Text) != "Kvinnor minus män"))
                Row(row, lists);
            if (table.IsChartData)
                return;
            UnknownGender();
            if (IsMatrix)
                lists.Add("efter", _columns.Where(c => !c.IsLabel).Select(c => c.Group).ToHashSet(StringComparer.Ordinal));
            foreach (var (dimension, present) in lists)
            {
                // A funnel shows an insats by its delprojekt, with names as they are.
                if (dimension == Question.Place && present.Any(p => _words.Places.GetValueOrDefault(p) is not null
                    && !table.Rows.Any(r => r.Count > 0 && r[0].Text.EndsWith("– " + p, StringComparison.Ordinal))))
                    continue;
                foreach (var question in _found.Select(f => f.Question.Without(dimension)).Distinct())
                    meaning.Lists.Add((question, dimension, present));
            }

            Anonymous();
            Total();
        }

        // Of those who are only counted neither age, education nor referrer is known: a note says how many they are.
        private void Anonymous()
        {
            foreach (var question in _found.Select(f => f.Question).Where(q => q.Unit == Units.Persons)
                .Where(q => Lexicon.Partitions.Any(d => q[d] is not null)).Select(q => Base.As(Units.Anonymous)).Distinct().ToList())
            {
                if (AnonymousNote().Match(_notes) is not { Success: true } note)
                    _puzzle.Between(_puzzle.Of(question), 0, 0);
                else if (note.Groups["n"].Success)
                    _puzzle.Print(question, PrintedNumber.Whole(note.Groups["n"].Value), Where);
            }
        }

        private bool IsThroughput => subtitle.Unit == "Deltaganden"
            && (_notes.Contains("Avslutade i perioden av deltagande i perioden", StringComparison.Ordinal)
                || table.Title.StartsWith("Genomströmning", StringComparison.Ordinal));

        private bool IsSpared => table.Headers.Any(h => PrintedNumber.Plain(h) == "Del") || subtitle.Unit == "Deltaganden med svar";

        private string? Subject =>
            Says("försörjning") ? "försörjning" : Says("sysselsättning") || Says("arbetar, studerar") ? "sysselsättning" : null;

        private bool Says(string what) => table.Title.Contains(what, StringComparison.OrdinalIgnoreCase)
            || _notes.Contains(what, StringComparison.OrdinalIgnoreCase);

        private List<Column> Columns()
        {
            var columns = new List<Column>();
            var group = "";
            for (var i = 0; i < table.Headers.Count; i++)
            {
                var header = PrintedNumber.Plain(table.Headers[i]);
                if (i == 0 || (s_labels.Contains(header) && !(IsMatrix && header == "Före")))
                {
                    columns.Add(new(i, header, "", IsLabel: true));
                    continue;
                }

                var match = Grouped().Match(header);
                if (match.Success)
                {
                    if (header.Contains(": ", StringComparison.Ordinal))
                        group = match.Groups["group"].Value;
                    columns.Add(new(i, match.Groups["group"].Value, Field(match.Groups["field"].Value), IsLabel: false));
                }
                else if (header is "av" or "andel" && group.Length > 0)
                {
                    columns.Add(new(i, group, Field(header), IsLabel: false));
                }
                else if (header is "Andel" or "Antal" or "n")
                {
                    columns.Add(new(i, "", Field(header.ToLowerInvariant()), IsLabel: false));
                }
                else
                {
                    columns.Add(new(i, header, "värde", IsLabel: false));
                }
            }

            return columns;

            static string Field(string word) => word == "av" ? "n" : word;
        }

        private bool IsMatrix => subtitle.Unit == "Avslut" && PrintedNumber.Plain(table.Headers[0]) == "Före";

        private void Row(IReadOnlyList<PrintedCell> row, Dictionary<string, HashSet<string>> lists)
        {
            var question = Base;
            string? statistic = null, of = null;
            List<long?> chartNs = [];
            foreach (var label in _columns.Where(c => c.IsLabel))
            {
                var text = label.Index < row.Count ? PrintedNumber.Plain(row[label.Index].Text) : "";
                if (ChartN().Match(text) is { Success: true } ns)
                {
                    chartNs = [.. ns.Groups["ns"].Value.Split('/').Select(n => PrintedNumber.Read(n) is { IsCount: true } count ? (long?)count.Count : null)];
                    text = text[..ns.Index].TrimEnd(' ', ',', '(');
                }

                if (text.Length == 0 && label.Index > 0)
                    continue;
                foreach (var part in label.Group is "Kategori" or "Grupp" or "" && text.Contains(" · ", StringComparison.Ordinal) ? text.Split(" · ") : [text])
                    Label(label.Group, part, ref question, ref statistic, ref of, lists);
            }

            var groups = _columns.Where(c => !c.IsLabel).GroupBy(c => c.Group, StringComparer.Ordinal).ToList();
            for (var g = 0; g < groups.Count; g++)
            {
                var fields = groups[g].GroupBy(c => c.Field, StringComparer.Ordinal).ToDictionary(
                    c => c.Key,
                    c => c.First().Index < row.Count ? row[c.First().Index] : PrintedCell.Of(""),
                    StringComparer.Ordinal);
                Group(question, statistic, of, groups[g].Key, fields, row, groups[g].Key.Length == 0 ? "Alla" : groups[g].Key, chartNs.ElementAtOrDefault(g));
            }
        }

        private void Label(string header, string text, ref Question question, ref string? statistic, ref string? of, Dictionary<string, HashSet<string>> lists)
        {
            text = Hitherto().Replace(text, "");
            if (IsCurve && header == "Dagar sedan inskrivning")
            {
                question = question.With("dag", text);
                return;
            }

            if (header == "Tid")
            {
                question = question.With(Question.Period, TimeOf(text));
                return;
            }

            if (Lexicon.IsTotal(text))
                return;
            if (header is "Läge" or "Bedömning" or "Signal" or "Målnivå" or "95 % konfidensintervall")
                return;
            if (s_stays.TryGetValue(text, out var stay) || text.StartsWith("Personer i strukturövergripande", StringComparison.Ordinal))
            {
                statistic = stay ?? "struktur";
                return;
            }

            if (s_known.TryGetValue(text, out var known))
            {
                statistic = known;
                return;
            }

            if (header is "Kategori" && text is "Före" or "Efter")
            {
                of = text.ToLowerInvariant();
                return;
            }

            var dimension = header switch
            {
                "Före" => "före",
                "Försörjning" or "Sysselsättning" => Says("vid avslut") && !Says("vid inskrivning") ? "efter" : "före",
                "Del" => of ?? "del",
                _ => Lexicon.Dimension(header) ?? Guess(text),
            };
            if (dimension == Question.Gender && Lexicon.Gender(text) is { } gender)
                text = gender;
            if (dimension == "positiv")
                text = Lexicon.Definition(text);
            if (dimension == Question.Place)
                text = Lexicon.Undashed(text);
            if (dimension is "fråga" || Lexicon.Partitions.Contains(dimension))
                _words.Add(dimension is "före" or "efter" ? $"{Subject} kategori" : dimension, text);
            if (Lexicon.Partitions.Contains(dimension) || dimension == Question.Place)
            {
                if (!lists.TryGetValue(dimension, out var present))
                    lists.Add(dimension, present = new(StringComparer.Ordinal));
                present.Add(text);
            }

            question = question.With(dimension, text);
        }

        private string Guess(string text)
        {
            if (Lexicon.Gender(text) is not null)
                return Question.Gender;
            if (_words.Places.ContainsKey(Lexicon.Undashed(text)))
                return Question.Place;
            if (_words.Definitions.ContainsKey(Lexicon.Definition(text)) || _words.Values("positiv").Contains(Lexicon.Definition(text)))
                return "positiv";
            if (Age().IsMatch(text))
                return "ålder";
            if (Lexicon.Change(text) is not null)
                return "förändring";
            if (PeriodOf.Range(text) is not null)
                return Question.Period;
            if (_words.Values("fråga").Contains(text) || subtitle.Unit == "Deltaganden med svar")
                return "fråga";
            if (_words.Values("orsak").Contains(text))
                return "orsak";
            if (_words.Values("utbildning").Contains(text) || Says("utbildning"))
                return "utbildning";
            if (_words.Values("remittent").Contains(text) || Says("remitte"))
                return "remittent";
            if (subtitle.Unit == "Avslut" && subtitle.Definition is null && table.Title.Contains("ositiva avslut", StringComparison.Ordinal))
                return "positiv";
            return subtitle.Unit == "Avslut" && subtitle.Definition is null && Says("rsak") ? "orsak" : "kategori";
        }

        private void Group(
            Question question,
            string? statistic,
            string? of,
            string group,
            Dictionary<string, PrintedCell> fields,
            IReadOnlyList<PrintedCell> row,
            string column,
            long? chartN)
        {
            if (group is "Undre gräns" or "Övre gräns" or "Utfall minus budget" || group.StartsWith("Preliminär", StringComparison.Ordinal))
                return;
            var (value, count, n, share) = (Field("värde"), Field("antal"), Field("n"), Field("andel"));
            string? kind = null;
            if (Lexicon.Gender(group) is { } gender)
                question = question.With(Question.Gender, gender);
            else if (Lexicon.Change(group) is { } change)
                question = question.With("förändring", change);
            else if (s_stays.TryGetValue(group, out var stay))
                statistic = stay;
            else if (subtitle.Unit == "Deltaganden med svar" && s_answers.TryGetValue(group, out kind))
                _ = kind;
            else if (IsMatrix)
                question = question.With("efter", group);
            else if (group is "Nu" or "Före" && NowAndBefore().Match(_notes) is { Success: true } times)
                question = question.With(Question.Period, times.Groups[group == "Nu" ? "now" : "before"].Value);
            else if (group.Length > 0 && !IsOnly(group) && !Lexicon.IsTotal(group)
                && group is not ("Skillnad" or "Mediantid, alla (Kaplan–Meier)" or "Mediantid, avslutade"))
                return;

            switch (subtitle.Unit)
            {
                case "Deltaganden" when IsCurve:
                    Curve(question, Field("följs"), row, column);
                    break;
                case "Deltaganden" when IsThroughput:
                    Share(question.As(Units.Ended), question.As(Units.InPeriod), count, n, Either(share, value), row, column, isStacked: false,
                        isOfDenominator: IsWritten);
                    break;
                case "Deltaganden" when subtitle.Definition is not null:
                    Share(Positive(question.As(Units.InPeriod)), question.As(Units.InPeriod), count, n, Either(share, value), row, column, isStacked: false,
                        isOfDenominator: false);
                    break;
                case "Deltaganden":
                    Count(question.As("deltaganden/" + (statistic ?? "i perioden")), Either(value, count), row, column);
                    break;
                case "Personer" when question["period"] is not null && table.Headers.Any(h => h == "Tid"):
                    Count(question.As(Units.Counted), Either(value, count), row, column);
                    break;
                case "Personer":
                    Count(question.As("personer/" + (statistic ?? (table.Title.Contains("strukturövergripande", StringComparison.Ordinal) ? "struktur"
                        : "i perioden"))), Either(value, count), row, column);
                    break;
                case "Platser i kö":
                    Count(question.As(Units.Queue), Either(value, count), row, column);
                    break;
                case "Avslut" when group == "Skillnad":
                    Difference(question, value, row);
                    break;
                case "Avslut":
                    Exits(question, statistic, of, value, count, n, share, row, column, chartN);
                    break;
                case "Deltaganden med svar":
                    Answers(question, kind, value, count, n, share, row, column, chartN);
                    break;
                case "Dagar":
                    Days(question, group, value);
                    break;
            }

            PrintedCell Field(string name) => fields.GetValueOrDefault(name);
        }

        // A median rests on those that can be followed; of all it is missing also where fewer than half have ended.
        private void Days(Question question, string group, PrintedCell value)
        {
            var isOfEnded = group.EndsWith("avslutade", StringComparison.Ordinal);
            var followed = _puzzle.Of(question.As(isOfEnded ? Units.FollowedEnded : Units.Followed));
            var all = _puzzle.Of(question.As(isOfEnded ? Units.Ended : Units.InPeriod));
            _puzzle.AtMost("följda finns bland alla", followed, all);
            if (PrintedNumber.Read(value) is { Kind: PrintedKind.Small })
                _puzzle.Between(followed, 1, Puzzle.Most);
            else if (isOfEnded && PrintedNumber.SaysNothing(value))
                _puzzle.Between(followed, 0, 0);
        }

        // A single series is of all of them, whatever it is called.
        private bool IsOnly(string group) => _columns.TrueForAll(c => c.IsLabel || c.Group == group || c.Group.Length == 0);

        private static PrintedCell Either(PrintedCell first, PrintedCell second) =>
            first.Text is { Length: > 0 } ? first : second.Text is null ? first : second;

        private Question Positive(Question question) => question["positiv"] is null && subtitle.Definition is { } definition
            ? question.With("positiv", definition) : question;

        private void Exits(
            Question question,
            string? statistic,
            string? of,
            PrintedCell value,
            PrintedCell count,
            PrintedCell n,
            PrintedCell share,
            IReadOnlyList<PrintedCell> row,
            string column,
            long? chartN)
        {
            var subject = Subject ?? "uppgift";
            if (statistic is not null)
            {
                Count(question.As($"{subject}/{statistic}"), Either(value, count), row, column);
                return;
            }

            if (IsMatrix)
            {
                Count(question.As($"{subject}/båda"), value, row, column);
                return;
            }

            if (of is not null)
            {
                var numerator = question.As($"{subject}/båda");
                Share(numerator, numerator.Without(of), count.Text is null ? value : count, n, share, row, column, isStacked: true, isOfDenominator: false);
                return;
            }

            if ((question["före"] is not null || question["efter"] is not null) && Subject is not null)
            {
                Count(question.As($"{subject}/med {(question["före"] is not null ? "före" : "efter")}"), Either(value, count), row, column);
                return;
            }

            var exits = Positive(question.As(Units.Ended));
            if (exits["positiv"] is not null)
                Share(exits, exits.Without("positiv"), count, chartN is { } of0 ? new PrintedCell("", of0) : n, Either(share, value), row, column,
                    isStacked: false, isOfDenominator: IsWritten);
            else if (_isShare && exits["orsak"] is not null)
                Share(exits, exits.Without("orsak"), count, n, Either(share, value), row, column, isStacked: false, isOfDenominator: IsWritten);
            else if (exits["kategori"] is null)
                Count(exits, Either(value, count), row, column);
        }

        // In a table of "antal", "av" and "andel" the denominator is kept back only when it is small itself.
        private bool IsWritten => table.Headers.Any(h => h.EndsWith(": antal", StringComparison.Ordinal));

        private void Answers(Question question, string? kind, PrintedCell value, PrintedCell count, PrintedCell n, PrintedCell share,
            IReadOnlyList<PrintedCell> row, string column, long? chartN)
        {
            if (question["förändring"] is not null)
            {
                var changed = question.As(Units.Paired);
                if (table is { IsChartData: true, IsSpoken: false })
                {
                    // Bars are drawn as shares.
                    Share(changed, changed.Without("förändring"), default, chartN is { } all ? new PrintedCell("", all) : default, value, row, column,
                        isStacked: true, isOfDenominator: false);
                    return;
                }

                if (_isShare && (count.Text is not null || share.Text is not null))
                    Share(changed, changed.Without("förändring"), count, n, share, row, column, isStacked: true, isOfDenominator: false);
                else
                    Count(changed, Either(value, count), row, column);
                return;
            }

            var (asked, number) = (question.As(Units.Paired), PrintedNumber.Read(value));
            if (kind is null)
            {
                // The n of the whole row.
                if (n.Text is not null && PrintedNumber.Read(n) is { IsCount: true } all)
                    _puzzle.Print(asked, all.Count, Where);
                return;
            }

            if (!kind.StartsWith("medel/", StringComparison.Ordinal))
            {
                Count(question.As(kind), value, row, column);
                return;
            }

            // Answers that are means themselves aren't whole, and neither are their sums.
            _found.Add((asked, false));
            if (question["fråga"]?.Contains("medelvärde", StringComparison.OrdinalIgnoreCase) == true)
                return;
            if (number.Kind == PrintedKind.Number)
            {
                meaning.Means.Add((asked, kind, (number.Lower + number.Upper) / 2, Math.Max(1, PrintedNumber.Decimals(value))));
                return;
            }

            if (PrintedNumber.SaysNothing(value))
                _puzzle.Between(_puzzle.Of(asked), 0, 0);
            if (!number.IsHidden)
                return;
            var people = _puzzle.Of(asked);
            if (number.Kind == PrintedKind.Small)
                _puzzle.Between(people, 1, Puzzle.FewAnswers);
            var sum = _puzzle.Of(asked.As(kind switch { "medel/före" => Units.SumBefore, "medel/efter" => Units.SumAfter, _ => Units.SumOfChanges }));
            if (kind == "medel/förändring")
            {
                _puzzle.Of(asked.As(Units.SumBefore));
                _puzzle.Of(asked.As(Units.SumAfter));
            }

            _puzzle.Hide(AttackedKind.Mean, sum, people, Place(row, column));
        }

        private void Curve(Question question, PrintedCell followed, IReadOnlyList<PrintedCell> row, string column)
        {
            if (followed.Text is null)
                return;
            if (question["dag"] == "0")
            {
                if (PrintedNumber.Read(followed) is { IsCount: true } first)
                    _puzzle.Print(question.Without("dag").As(Units.New), first.Count, Where);
                return;
            }

            var number = PrintedNumber.Read(followed);
            var unknown = _puzzle.Of(question.As(Units.AtRisk));
            if (number.IsCount)
                _puzzle.Print(question.As(Units.AtRisk), number.Count, Where);
            else if (number.IsHidden)
                _puzzle.Hide(AttackedKind.Curve, unknown, by: null, Place(row, column + ", följs"));
        }

        private void Difference(Question question, PrintedCell value, IReadOnlyList<PrintedCell> row)
        {
            var number = PrintedNumber.Read(value);
            var (women, men) = (Positive(question.As(Units.Ended).With(Question.Gender, "Kvinnor")),
                Positive(question.As(Units.Ended).With(Question.Gender, "Män")));
            if (women["positiv"] is null || number.Kind is PrintedKind.Text or PrintedKind.Missing)
                return;
            var unknowns = new[] { women, women.Without("positiv"), men, men.Without("positiv") }.Select(_puzzle.Of).ToList();
            if (number.Kind == PrintedKind.Small)
                _puzzle.Choose(Where, [.. Puzzle.SmallOf(unknowns[0], unknowns[1]), .. Puzzle.SmallOf(unknowns[2], unknowns[3])]);
            else if (number.Kind == PrintedKind.Number)
                meaning.Differences.Add((unknowns[0], unknowns[1], unknowns[2], unknowns[3], (number.Lower / 100) - 1e-7, (number.Upper / 100) + 1e-7));
            _ = row;
        }

        private void Count(Question question, PrintedCell cell, IReadOnlyList<PrintedCell> row, string column)
        {
            if (cell.Text is null)
                return;
            var number = PrintedNumber.Read(cell);
            if (number.Kind is PrintedKind.Text or PrintedKind.Missing or PrintedKind.Share)
                return;
            _found.Add((question, false));
            if (number.IsCount)
            {
                _puzzle.Print(question, number.Count, Where);
                return;
            }

            if (!number.IsHidden)
                return;
            var unknown = _puzzle.Of(question);
            if (number.Kind == PrintedKind.Small)
                _puzzle.Between(unknown, 1, Puzzle.Few);
            else
                _puzzle.Protecting(unknown);
            _puzzle.Hide(AttackedKind.Count, unknown, by: null, Place(row, column));
        }

        private void Share(
            Question numerator,
            Question denominator,
            PrintedCell count,
            PrintedCell n,
            PrintedCell share,
            IReadOnlyList<PrintedCell> row,
            string column,
            bool isStacked,
            bool isOfDenominator)
        {
            var (above, below, value) = (Read(count), Read(n), Read(share));
            if (value.Kind == PrintedKind.Number && value.Upper <= 1 + 1e-9 && value.Lower >= 0)
                value = value with { Kind = PrintedKind.Share, Lower = value.Lower - 1e-9, Upper = value.Upper + 1e-9 };
            if (above.Kind is PrintedKind.Text or PrintedKind.Missing && below.Kind is PrintedKind.Text or PrintedKind.Missing
                && value.Kind is PrintedKind.Text or PrintedKind.Missing or PrintedKind.Number && !PrintedNumber.SaysNothing(share))
                return;
            _found.Add((numerator, !isStacked));
            _found.Add((denominator, !isStacked));
            var (a, b) = (_puzzle.Of(numerator), _puzzle.Of(denominator));
            if (numerator.Key != denominator.Key)
                _puzzle.AtMost(Where, a, b);
            if (value.Kind == PrintedKind.CountOf)
            {
                _puzzle.Print(numerator, (long)value.Lower, Where);
                _puzzle.Print(denominator, (long)value.Upper, Where);
            }

            if (above.IsCount)
                _puzzle.Print(numerator, above.Count, Where);
            if (below.IsCount)
                _puzzle.Print(denominator, below.Count, Where);
            if (value.Kind == PrintedKind.Share)
                Percent(a, b, value);
            if (PrintedNumber.SaysNothing(share))
                _puzzle.Between(b, 0, 0);
            if (above.IsHidden)
            {
                if (isStacked && above.Kind == PrintedKind.Small)
                    _puzzle.Between(a, 1, Puzzle.Few);
                else if (isStacked)
                    _puzzle.Protecting(a);
                _puzzle.Hide(AttackedKind.Count, a, by: null, Place(row, column + ", antal"));
            }

            if (below.IsHidden)
            {
                if (isOfDenominator && below.Kind == PrintedKind.Small)
                    _puzzle.Between(b, 1, Puzzle.Few);
                _puzzle.Hide(AttackedKind.Count, b, by: null, Place(row, column + ", n"));
            }

            if (!value.IsHidden)
                return;
            if (!isStacked && value.Kind == PrintedKind.Small)
                _puzzle.Choose(Where, Puzzle.SmallOf(a, b));
            _puzzle.Hide(AttackedKind.Share, a, b, Place(row, column + ", andel"));

            static PrintedNumber Read(PrintedCell cell) => cell.Text is null ? default : PrintedNumber.Read(cell);
        }

        // numerator / denominator lies between two bounds.
        private void Percent(Unknown numerator, Unknown denominator, PrintedNumber share)
        {
            const long Scale = 100_000_000;
            _puzzle.Relate(Where, -Puzzle.Far * 1000, 0, (denominator, (long)Math.Floor(share.Lower * Scale)), (numerator, -Scale));
            _puzzle.Relate(Where, 0, Puzzle.Far * 1000, (denominator, (long)Math.Ceiling(share.Upper * Scale)), (numerator, -Scale));
        }

        // Without a column and a note there is nobody of unknown gender. The note says that there are too few to be shown, and
        // stands also where they are kept back to protect others: it bounds nothing.
        private void UnknownGender()
        {
            if (!_found.Exists(f => f.Question[Question.Gender] is "Kvinnor" or "Män") || _found.Exists(f => f.Question[Question.Gender] == "Okänt kön"))
                return;
            if (_notes.Contains("Okänt kön", StringComparison.Ordinal) || NowAndBefore().IsMatch(_notes))
                return;
            foreach (var question in _found.Select(f => f.Question).Where(q => q[Question.Gender] is "Kvinnor" or "Män"))
                _puzzle.Between(_puzzle.Of(question.With(Question.Gender, "Okänt kön")), 0, 0);
        }

        // The n of the subtitle.
        private void Total()
        {
            if (subtitle.N is not { } n || (_found.Count == 0 && !IsCurve))
                return;
            var whole = Base;
            Question? question = subtitle.Unit switch
            {
                "Avslut" when IsMatrix || table.Headers.Any(h => h == "Del") => Subject is { } subject ? whole.As($"{subject}/båda") : null,
                "Avslut" when _found.Exists(f => f.Question.Unit.Contains("/med ", StringComparison.Ordinal)) => whole.As(_found[0].Question.Unit),
                "Avslut" => whole.As(Units.Ended),
                "Deltaganden" when IsCurve => whole.As(Units.Followed),
                "Deltaganden" => whole.As(Units.InPeriod),
                _ => null,
            };
            if (question is null)
                return;
            var periods = _found.Select(f => f.Question[Question.Period]).Distinct().ToList();
            if (subtitle.NPeriod is { } ofTime)
                _puzzle.Print(question.With(Question.Period, ofTime), n, Where);
            else if (IsCurve || (periods.Count == 1 && periods[0] == subtitle.Period))
                _puzzle.Print(question, n, Where);
            else if (!periods.Contains(subtitle.Period) && question.Unit == Units.Ended)
                _puzzle.Relate(Where, n, n, periods.Select(p => (_puzzle.Of(question.With(Question.Period, p)), 1L)));
        }

        private PrintedCell Cell(IReadOnlyList<PrintedCell> row, string header)
        {
            for (var i = 0; i < table.Headers.Count && i < row.Count; i++)
            {
                if (PrintedNumber.Plain(table.Headers[i]).StartsWith(header, StringComparison.Ordinal))
                    return row[i];
            }

            return PrintedCell.Of("");
        }

        private string Where => $"{table.Source}: {table.Title}";

        private HiddenPlace Place(IReadOnlyList<PrintedCell> row, string column)
        {
            var labels = _columns.Count == 0 ? row.Take(1) : _columns.Where(c =>
                c.IsLabel && c.Index < row.Count && PrintedNumber.Read(row[c.Index]).Kind == PrintedKind.Text).Select(c => row[c.Index]);
            return new(table.Source, table.Title, string.Join(", ", labels.Select(l => PrintedNumber.Plain(l.Text)).Where(l => l.Length > 0)), column);
        }
    }

    private Puzzle Puzzle => puzzle;

    private Lexicon Words => words;

    private static string TimeOf(string text)
    {
        if (HalfYear().Match(text) is { Success: true } half)
            return $"halvår {(half.Groups["which"].Value == "Första" ? 1 : 2)} {half.Groups["year"].Value}";
        return Year().Match(text) is { Success: true } year ? year.Value : text;
    }

    /// <summary>A column: its heading without the field it holds (<c>Kvinnor</c>, <c>antal</c>).</summary>
    private sealed record Column(int Index, string Group, string Field, bool IsLabel);

    [GeneratedRegex(@"^(?<group>.+?)(: |, )(?<field>antal|av|andel|n|95 % KI|följs|nedre|övre|ned till nedre|upp till övre)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grouped();

    [GeneratedRegex(@"\(?n = (?<ns>[\d –/]+)\)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ChartN();

    [GeneratedRegex(@",? ?\(?hittills\)?$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hitherto();

    [GeneratedRegex(@"(De|Några få|(?<n>\d{1,3}( \d{3})*)) anonyma deltagare", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AnonymousNote();

    [GeneratedRegex(@"Nu: (?<now>[^.]+)\. Före: (?<before>[^.]+)\.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NowAndBefore();

    [GeneratedRegex(@"(?<which>Första|Andra) halvåret (?<year>\d{4})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HalfYear();

    [GeneratedRegex(@"\b(19|20)\d{2}\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Year();

    [GeneratedRegex(@"^(\d+–\d+ år|\d+ år.*|Under \d+ år|Yngre än \d+.*|Okänd ålder)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Age();
}

/// <summary>A subtitle: <c>Avslut, 2025 · positivt avslut: arbete eller studier · n = 408</c>.</summary>
internal sealed partial record Subtitle(string Whole, string Unit, string Period, string? Definition, long? N, IReadOnlyList<string> Limits)
{
    /// <summary>The time that n is of, where it isn't all of the table.</summary>
    public string? NPeriod { get; init; }

    public static Subtitle Of(string printed)
    {
        var text = Figure().Replace(PrintedNumber.Plain(printed), "");
        var parts = text.Split(" · ");
        var comma = parts[0].IndexOf(", ", StringComparison.Ordinal);
        var (unit, period) = comma < 0 ? (parts[0], "") : (parts[0][..comma], parts[0][(comma + 2)..]);
        if (unit.StartsWith("Utfall", StringComparison.Ordinal))
            unit = "Utfall";
        string? definition = null;
        long? n = null;
        string? ofTime = null;
        var limits = new List<string>();
        foreach (var part in parts.Skip(1))
        {
            if (part.StartsWith("positivt avslut: ", StringComparison.Ordinal))
                definition = Lexicon.Definition(part["positivt avslut: ".Length..]);
            else if (part.StartsWith("n = ", StringComparison.Ordinal))
                (n, ofTime) = (PrintedNumber.Read(part[4..].Split(" (")[0]) is { IsCount: true } count ? count.Count : null, NTime().Match(part).Value);
            else
                limits.Add(part);
        }

        return new(text, unit, Hitherto().Replace(period, ""), definition, n, limits) { NPeriod = ofTime is { Length: > 0 } ? ofTime : null };
    }

    [GeneratedRegex(@"(?<=\()[^()]*(19|20)\d\d(?=( hittills)?\))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NTime();

    [GeneratedRegex(@"^Siffrorna i figur \d+\. ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Figure();

    [GeneratedRegex(@",? ?\(?hittills\)?$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hitherto();
}

/// <summary>Periods as they are written.</summary>
internal static partial class PeriodOf
{
    private static readonly string[] s_months = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

    /// <summary>First and last month of a year, half-year, tertial, quarter or month; null for other words.</summary>
    public static (int Year, int First, int Last)? Range(string text)
    {
        if (Period().Match(PrintedNumber.Plain(text)) is not { Success: true } match)
            return null;
        var year = int.Parse(match.Groups["year"].Value, System.Globalization.CultureInfo.InvariantCulture);
        var which = match.Groups["which"].Value is { Length: > 0 } digit ? digit[0] - '0' : 0;
        return match.Groups["kind"].Value switch
        {
            "" => (year, 1, 12),
            "kv " => (year, (3 * which) - 2, 3 * which),
            "T" => (year, (4 * which) - 3, 4 * which),
            "halvår " => (year, (6 * which) - 5, 6 * which),
            var month => (year, Array.IndexOf(s_months, month.Trim()) + 1, Array.IndexOf(s_months, month.Trim()) + 1),
        };
    }

    [GeneratedRegex(
        @"^((?<kind>kv |T|halvår )(?<which>[1-4]) |(?<kind>jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec) )?(?<year>(19|20)\d{2})$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Period();
}
