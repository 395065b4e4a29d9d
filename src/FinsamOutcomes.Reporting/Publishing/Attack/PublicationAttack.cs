namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>
/// Reads what was published as a stranger would, and finds what every hidden number can be. It knows nothing but what is
/// printed, the publishing rule among it, and uses nothing of how reports are made: it is a witness against them.
/// </summary>
public static class PublicationAttack
{
    private const long ManyAnswers = 100;

    /// <summary>Attacks files together; of a folder all in it.</summary>
    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="InvalidDataException">A file is not what its ending says.</exception>
    public static async Task<AttackResult> OnAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var files = new List<(string Name, byte[] Content)>();
        foreach (var path in paths)
        {
            string[] here = Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
                : [path];
            foreach (var file in here)
                files.Add((Path.GetFileName(file), await File.ReadAllBytesAsync(file, cancellationToken)));
        }

        return On(files, cancellationToken);
    }

    /// <inheritdoc cref="OnAsync"/>
    /// <param name="files">Name, whose ending tells the format, and content.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static AttackResult On(IReadOnlyList<(string Name, byte[] Content)> files, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        var read = new List<PrintedDocument>();
        var unread = new List<string>();
        foreach (var (name, content) in files)
        {
            if (PublicationReader.Read(name, content) is { } document)
                read.Add(document);
            else
                unread.Add(name);
        }

        return On(Understand(read), hint: null, cancellationToken) with { FilesRead = read.ConvertAll(d => d.Name), FilesNotRead = unread };
    }

    /// <summary>Solves what has been understood.</summary>
    /// <param name="puzzle">What is printed.</param>
    /// <param name="hint">True values, to begin the search at; null for a stranger.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    internal static AttackResult On(Puzzle puzzle, Func<Unknown, long?>? hint = null, CancellationToken cancellationToken = default)
    {
        var solver = new RangeSolver(puzzle, hint, cancellationToken);
        solver.Solve([.. puzzle.Hidden.SelectMany(h => h.By is null ? [h.Of] : new[] { h.Of, h.By }).Distinct()]);
        var doubtful = puzzle.Doubtful();
        return new(
            [.. puzzle.Hidden.Select(h => Judge(h, solver) with
            {
                IsDoubtful = doubtful.Contains(h.Of) || (h.By is not null && doubtful.Contains(h.By)),
                IsUndecided = solver.IsUndecided(h.Of) || (h.By is not null && solver.IsUndecided(h.By)),
                IsPrinted = h is { Kind: AttackedKind.Count, Of.Printed: 0 or > Puzzle.Few },
            }).OrderBy(n => n.PossibleValues)
                .ThenBy(n => n.Places[0].Table, StringComparer.Ordinal).ThenBy(n => n.Question, StringComparer.Ordinal)],
            [],
            [],
            puzzle.Contradictions)
        {
            Unfinished = solver.Unfinished,
        };
    }

    /// <summary>What is printed, as unknowns and relations.</summary>
    internal static Puzzle Understand(IReadOnlyList<PrintedDocument> documents, bool holdsProtectingForNotFew = false)
    {
        var (puzzle, words) = (new Puzzle { HoldsProtectingForNotFew = holdsProtectingForNotFew }, new Lexicon());
        words.Learn(documents);
        puzzle.HasOnlyWomenAndMen = words.HasOnlyWomenAndMen;
        var tables = new TableMeaning(puzzle, words);
        foreach (var table in documents.SelectMany(d => d.Tables.Concat(d.Spoken.SelectMany(s => s.Tables(words.IsKnown)))))
            tables.Read(table);
        var texts = new TextMeaning(puzzle, words, tables);
        foreach (var document in documents)
        {
            foreach (var table in document.Tables)
                texts.Read(table);
            var period = document.Tables.Select(t => Subtitle.Of(t.Subtitle).Period).Where(p => PeriodOf.Range(p) is not null)
                .GroupBy(p => p, StringComparer.Ordinal).OrderByDescending(g => g.Count()).FirstOrDefault()?.Key;
            if (period is null)
                continue;
            foreach (var text in document.Texts)
                texts.Read(text, period);
        }

        new Relations(puzzle, words, tables).Add();
        new RangeSolver(puzzle, CancellationToken.None).Narrow();
        Means(puzzle, tables);
        Differences(puzzle, tables);
        return puzzle;
    }

    // A mean times its number is the sum of whole answers.
    private static void Means(Puzzle puzzle, TableMeaning tables)
    {
        foreach (var (number, which, value, decimals) in tables.Means.Where(m => puzzle.Of(m.Number) is { IsFixed: true, Lower: > 0 }))
        {
            // From a hundred answers means have two decimals, of which a last 0 isn't printed.
            var n = puzzle.Of(number).Lower;
            var half = (0.5 * Math.Pow(10, -(n >= ManyAnswers ? Math.Max(decimals, 2) : decimals))) + 1e-7;
            var (lower, upper) = (value - half, value + half);
            var (least, most) = ((long)Math.Ceiling((lower * n) - 1e-6), (long)Math.Floor((upper * n) + 1e-6));
            if (least > most)
                continue;
            var (before, after) = (puzzle.Of(number.As(Units.SumBefore)), puzzle.Of(number.As(Units.SumAfter)));
            if (which == "medel/förändring")
                puzzle.Relate("medelförändring × antal", least, most, (after, 1), (before, -1));
            else
                puzzle.Between(which == "medel/före" ? before : after, least, most);
        }
    }

    private static void Differences(Puzzle puzzle, TableMeaning tables)
    {
        foreach (var (women, womenOf, men, menOf, lower, upper) in tables.Differences)
        {
            if (!womenOf.IsFixed || !menOf.IsFixed)
                continue;
            var both = womenOf.Lower * menOf.Lower;
            puzzle.Relate("skillnaden mellan andelarna", (long)Math.Ceiling(lower * both), (long)Math.Floor(upper * both), (women, menOf.Lower),
                (men, -womenOf.Lower));
        }
    }

    private static AttackedNumber Judge(HiddenNumber hidden, RangeSolver solver)
    {
        var (of, ofAll) = solver.ValuesOf(hidden.Of);
        if (hidden.By is null)
            return Of(of, ofAll, v => v);
        var (by, byAll) = solver.ValuesOf(hidden.By);
        if (of.Count == 1 && ofAll && by.Count == 1 && byAll)
            return Of(by, byAll, n => n == 0 ? 0 : (double)of.First() / n);
        if (byAll && by.Count == 1)
            return Of(of, ofAll, v => by.First() == 0 ? 0 : (double)v / by.First());
        var count = Math.Max(of.Count, by.Count);
        return new(hidden.Kind, hidden.Places, hidden.Of.Question.Key, 0, 1, Possible(count, ofAll && byAll));

        AttackedNumber Of(IReadOnlyCollection<long> values, bool isAll, Func<long, double> value) => new(
            hidden.Kind,
            hidden.Places,
            hidden.Of.Question.Key,
            values.Count == 0 ? 0 : value(values.Min()),
            values.Count == 0 ? double.PositiveInfinity : value(values.Max()),
            Possible(values.Count, isAll));

        static int Possible(int count, bool isAll) => isAll ? Math.Clamp(count, 1, 3) : 3;
    }
}
