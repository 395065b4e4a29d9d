using System.Text.RegularExpressions;

namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <content>What a table is about: its columns, its rows and what their labels say.</content>
internal sealed partial class TableMeaning
{
    private sealed partial class Reading(TableMeaning meaning, PrintedTable table, Subtitle subtitle)
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
}
