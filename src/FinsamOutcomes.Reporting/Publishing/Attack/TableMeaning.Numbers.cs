using System.Text.RegularExpressions;

namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <content>What the numbers of a row say, by the kind of table they stand in.</content>
internal sealed partial class TableMeaning
{
    private sealed partial class Reading
    {
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
    }
}
