using System.Globalization;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// Reads instruments. A version that has been used is locked: its rows must equal what is registered. One that nobody has
/// answered yet may be described anew, when what it takes the place of has been seen.
/// </summary>
internal sealed class InstrumentImport(ImportJob job) : IFileImport
{
    private const int Code = 0, Version = 1, Respondent = 2, Item = 3, Body = 4, Min = 5, Max = 6, Direction = 7, Smallest = 8;
    private const int MaxCodeLength = 50;
    private const int MaxTextLength = 1000;

    private static readonly string[] s_columns = ["id", "forbund_id", "code", "instrument_version", "respondent"];
    private static readonly string[] s_itemColumns =
    [
        "id",
        "instrument_id",
        "code",
        "position",
        "scale_min",
        "scale_max",
        "is_higher_better",
        "smallest_change",
    ];

    private readonly Dictionary<string, Instrument> _instruments = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Instrument> _added = [];
    private readonly List<(int Id, Instrument Instrument)> _changed = [];
    private Dictionary<string, KnownInstrument> _known = null!;
    private ILookup<int, KnownInstrumentItem> _items = null!;
    private ILookup<int, KnownItemText> _texts = null!;

    private sealed record Instrument(string Code, int Version, string Respondent)
    {
        public List<Question> Questions { get; } = [];
    }

    private sealed record Question(
        int Line,
        string Code,
        double Min,
        double Max,
        bool IsHigherBetter,
        double Smallest,
        IReadOnlyList<(string Language, string Body)> Texts);

    private static string Key(string code, int version, string respondent) => string.Create(CultureInfo.InvariantCulture, $"{version} {respondent} {code}");

    public async Task LoadAsync(DatabaseSession session)
    {
        _known = (await job.KnownAsync<KnownInstrument>(session, "Import.Instruments")).ToDictionary(
            i => Key(i.Code, i.InstrumentVersion, i.Respondent),
            StringComparer.OrdinalIgnoreCase);
        _items = (await job.KnownAsync<KnownInstrumentItem>(session, "Import.InstrumentItems")).ToLookup(i => i.InstrumentId);
        _texts = (await job.KnownAsync<KnownItemText>(session, "Import.ItemTexts")).ToLookup(t => t.InstrumentItemId);
    }

    // The first answer locks an instrument.
    public bool RestsOn(ChangedMeanwhile change) => change.What is ChangedMeanwhile.Instrument or ChangedMeanwhile.Assessment;

    public ImportCounts Read()
    {
        ReadRows();
        CheckAlike();
        var (added, updated, unchanged, removed) = (0, 0, 0, 0);
        foreach (var (key, instrument) in _instruments)
        {
            if (!_known.TryGetValue(key, out var registered))
            {
                _added.Add(instrument);
                added += instrument.Questions.Count;
            }
            else
            {
                var differs = instrument.Questions.Where((q, i) => !IsSame(q, _items[registered.Id].ElementAtOrDefault(i))).ToList();
                var isSame = differs.Count == 0 && instrument.Questions.Count == _items[registered.Id].Count();
                var before = _items[registered.Id].Select(i => i.Code).ToHashSet(StringComparer.OrdinalIgnoreCase);
                var fresh = instrument.Questions.Count(q => !before.Contains(q.Code));

                // Those that the file leaves out are taken away.
                removed += before.Count + fresh - instrument.Questions.Count;
                added += fresh;
                updated += differs.Count - fresh;
                unchanged += instrument.Questions.Count - differs.Count;
                if (!isSame && !registered.IsLocked)
                {
                    KeepLanguages(registered.Id, instrument);
                    _changed.Add((registered.Id, instrument));
                    TellChanges(registered.Id, instrument);
                }
                else if (!isSame && differs.Count == 0)
                    job.Problems.Add(ImportRule.InstrumentLocked, instrument.Questions[0].Line, "fraga", "Versionen har använts och har fler frågor än filen.");
                foreach (var question in differs.Where(_ => registered.IsLocked))
                    job.Problems.Add(
                        ImportRule.InstrumentLocked,
                        question.Line,
                        "fraga",
                        "Versionen har använts och frågan är en annan än den som är registrerad.");
            }
        }

        return new ImportCounts(added, updated, unchanged, removed);
    }

    // A language that the file leaves out is kept where the Swedish text is the same, and goes where it is another: it would say something else.
    private void KeepLanguages(int instrumentId, Instrument instrument)
    {
        for (var i = 0; i < instrument.Questions.Count; i++)
        {
            var question = instrument.Questions[i];
            if (_items[instrumentId].FirstOrDefault(k => AreSame(k.Code, question.Code)) is { } item
                && _texts[item.Id].Any(t => t.Language == "sv" && t.Body == question.Texts[0].Body))
            {
                var left = _texts[item.Id].Where(t => question.Texts.All(q => q.Language != t.Language)).Select(t => (t.Language, t.Body));
                instrument.Questions[i] = question with { Texts = [.. question.Texts, .. left] };
            }
        }
    }

    // Everything that another text, scale or set of questions takes the place of, told before it is saved: what is replaced is gone.
    private void TellChanges(int instrumentId, Instrument instrument)
    {
        var respondent = CodeWords.Respondents().Words[Array.IndexOf(CodeWords.RespondentCodes, instrument.Respondent)];
        var name = string.Create(CultureInfo.InvariantCulture, $"{instrument.Code} version {instrument.Version}, {respondent}");
        var known = _items[instrumentId].ToDictionary(i => i.Code, StringComparer.OrdinalIgnoreCase);
        var directions = CodeWords.Directions().Words;
        foreach (var question in instrument.Questions)
        {
            if (!known.Remove(question.Code, out var item))
            {
                Tell(question.Line, question.Code, "fraga", "", question.Texts[0].Body);
                continue;
            }

            var (before, after) = (_texts[item.Id].ToDictionary(t => t.Language, t => t.Body), question.Texts.ToDictionary(t => t.Language, t => t.Body));
            foreach (var language in before.Keys.Union(after.Keys))
                Tell(
                    question.Line,
                    item.Code,
                    language == "sv" ? "text" : ImportFormat.LanguagePrefix + language,
                    before.GetValueOrDefault(language, ""),
                    after.GetValueOrDefault(language, ""));
            Tell(question.Line, item.Code, "min", Number(item.ScaleMin), Number(question.Min));
            Tell(question.Line, item.Code, "max", Number(item.ScaleMax), Number(question.Max));
            Tell(question.Line, item.Code, "riktning", directions[item.IsHigherBetter ? 1 : 0], directions[question.IsHigherBetter ? 1 : 0]);
            Tell(question.Line, item.Code, "minsta_viktiga_forandring", Number(item.SmallestChange), Number(question.Smallest));
        }

        var first = instrument.Questions[0].Line;
        foreach (var gone in known.Values.OrderBy(i => i.Position))
            Tell(first, gone.Code, "fraga", _texts[gone.Id].FirstOrDefault(t => t.Language == "sv")?.Body ?? gone.Code, "");
        Tell(
            first,
            "alla frågor",
            "ordning",
            string.Join(", ", _items[instrumentId].Select(i => i.Code).Where(c => instrument.Questions.Exists(q => AreSame(q.Code, c)))),
            string.Join(", ", instrument.Questions.Select(q => _items[instrumentId].FirstOrDefault(i => AreSame(i.Code, q.Code))?.Code).OfType<string>()));

        static string Number(double value) => value.ToString("0.####", CultureInfo.GetCultureInfo("sv-SE"));

        void Tell(int line, string code, string column, string before, string after)
        {
            if (before != after)
                job.Changes.Add(new RegisterChange(line, null, $"{name}: {code}", column, before, after));
        }
    }

    private static bool AreSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    // Instruments among themselves and against the register, questions within their instrument.
    private void CheckAlike()
    {
        var names = new CodeLookup(areNames: true);
        foreach (var known in _known.Values)
            names.Add(known.Code);
        var lines = new Dictionary<int, int>();
        foreach (var instrument in _instruments.Values)
        {
            Check(names, lines, instrument.Code, instrument.Questions[0].Line, "instrument");
            var (items, itemLines) = (new CodeLookup(areNames: true), new Dictionary<int, int>());
            foreach (var question in instrument.Questions)
                Check(items, itemLines, question.Code, question.Line, "fraga");
        }

        void Check(CodeLookup codes, Dictionary<int, int> lines, string code, int line, string column)
        {
            var alike = codes.Find(code);
            if (alike >= 0 && !string.Equals(codes.Words[alike], code, StringComparison.OrdinalIgnoreCase))
                job.Problems.Add(
                    ImportRule.Alike,
                    line,
                    column,
                    $"{column} ser likadan ut som {(lines.TryGetValue(alike, out var other) ? $"på rad {other}" : "i registret")} men är skriven med andra tecken."
                );
            lines.TryAdd(codes.Add(code), line);
        }
    }

    private void ReadRows()
    {
        var rows = job.Rows;
        var (respondents, directions) = (CodeWords.Respondents(), CodeWords.Directions());
        while (job.Next())
        {
            var code = rows.Text(Code, MaxCodeLength, isRequired: true);
            var version = rows.WholeNumber(Version, 1, 10_000, isRequired: true);
            var respondent = rows.Code(Respondent, respondents, isRequired: true);
            var item = rows.Text(Item, MaxCodeLength, isRequired: true);
            var body = rows.Text(Body, MaxTextLength, isRequired: true);
            var min = rows.Number(Min, isRequired: true);
            var max = rows.Number(Max, isRequired: true);
            var direction = rows.Code(Direction, directions, isRequired: true);
            var smallest = rows.Number(Smallest, isRequired: true);
            if (max <= min)
                rows.Add(ImportRule.ScaleInvalid, Max, "Skalans max är inte större än dess min.");
            if (smallest < 0 || smallest > max - min)
                rows.Add(ImportRule.NumberOutside, Smallest, "minsta_viktiga_forandring ska ligga mellan 0 och skalans bredd.");
            var texts = new List<(string Language, string Body)> { ("sv", body ?? "") };
            foreach (var language in rows.Languages)
            {
                if (rows.TextIn(language, MaxTextLength) is { } text)
                    texts.Add((language, text));
            }

            if (!rows.IsRowValid)
                continue;
            var key = Key(code!, version!.Value, CodeWords.RespondentCodes[respondent]);
            if (!_instruments.TryGetValue(key, out var instrument))
                _instruments.Add(key, instrument = new Instrument(code!, version.Value, CodeWords.RespondentCodes[respondent]));
            if (instrument.Questions.Find(q => string.Equals(q.Code, item, StringComparison.OrdinalIgnoreCase)) is { } earlier)
                rows.Add(ImportRule.Duplicate, Item, $"Frågan finns redan på rad {earlier.Line}.");
            else
                instrument.Questions.Add(new Question(rows.Line, item!, min!.Value, max!.Value, direction == 1, smallest!.Value, texts));
        }
    }

    // Languages that the file leaves out are left as they are.
    private bool IsSame(Question question, KnownInstrumentItem? item) =>
        item is not null
        && string.Equals(question.Code, item.Code, StringComparison.OrdinalIgnoreCase)
        && question.Min.Equals(item.ScaleMin) && question.Max.Equals(item.ScaleMax)
        && question.IsHigherBetter == item.IsHigherBetter && question.Smallest.Equals(item.SmallestChange)
        && question.Texts.All(t => _texts[item.Id].Any(k => k.Language == t.Language && k.Body == t.Body));

    public async Task WriteAsync(DatabaseSession session)
    {
        var (added, changed) = (_added, _changed);
        var written = changed;
        if (added.Count > 0)
        {
            var first = await session.ReserveIdsAsync("instrument", added.Count, job.CancellationToken);
            written = [.. changed, .. added.Select((instrument, i) => (first + i, instrument))];
            await session.BulkInsertAsync(
                "instrument",
                s_columns,
                added.Select((i, n) => new object?[] { first + n, job.ForbundId, i.Code, i.Version, i.Respondent }),
                job.CancellationToken);
        }

        foreach (var (id, _) in changed)
        {
            await session.ExecuteAsync("Import.RemoveItemTexts", new { job.ForbundId, Id = id }, job.CancellationToken);
            await session.ExecuteAsync("Import.RemoveItems", new { job.ForbundId, Id = id }, job.CancellationToken);
        }

        var questions = written.SelectMany(w => w.Instrument.Questions.Select((q, i) => (w.Id, Position: i + 1, Question: q))).ToList();
        if (questions.Count == 0)
            return;
        var firstItem = await session.ReserveIdsAsync("instrument_item", questions.Count, job.CancellationToken);
        await session.BulkInsertAsync(
            "instrument_item",
            s_itemColumns,
            questions.Select((q, i) => Values(firstItem + i, q.Id, q.Position, q.Question)),
            job.CancellationToken);
        await session.BulkInsertAsync(
            "item_text",
            ["instrument_item_id", "language", "body"],
            questions.SelectMany((q, i) => q.Question.Texts.Select(t => new object?[] { firstItem + i, t.Language, t.Body })),
            job.CancellationToken);
    }

    public async Task FindDuplicatesAsync(DatabaseSession session)
    {
        var instruments = new Dictionary<int, int>();
        foreach (var instrument in _added)
        {
            var line = instrument.Questions[0].Line;
            var key = new { job.ForbundId, instrument.Code, InstrumentVersion = instrument.Version, instrument.Respondent };
            if (await session.SingleOrDefaultAsync<int?>("Import.InstrumentWithCode", key, job.CancellationToken) is { } same)
            {
                job.Problems.Add(
                    ImportRule.Alike,
                    line,
                    "instrument",
                    $"Databasen skiljer inte instrumentet från det {(instruments.TryGetValue(same, out var other) ? $"på rad {other}" : "i registret")}.");
                continue;
            }

            var id = await session.ReserveIdsAsync("instrument", cancellationToken: job.CancellationToken);
            instruments.Add(id, line);
            await session.BulkInsertAsync(
                "instrument",
                s_columns,
                [
                    [id, job.ForbundId, instrument.Code, instrument.Version, instrument.Respondent],
                ],
                job.CancellationToken);
            await FindAsync(id, instrument);
        }

        foreach (var (id, instrument) in _changed)
        {
            await session.ExecuteAsync("Import.RemoveItemTexts", new { job.ForbundId, Id = id }, job.CancellationToken);
            await session.ExecuteAsync("Import.RemoveItems", new { job.ForbundId, Id = id }, job.CancellationToken);
            await FindAsync(id, instrument);
        }

        async Task FindAsync(int instrumentId, Instrument instrument)
        {
            var lines = new Dictionary<int, int>();
            foreach (var question in instrument.Questions)
            {
                if (
                    await session.SingleOrDefaultAsync<int?>(
                        "Import.ItemWithCode",
                        new
                        {
                            job.ForbundId,
                            InstrumentId = instrumentId,
                            question.Code,
                        },
                        job.CancellationToken) is
                    { } same)
                {
                    job.Problems.Add(ImportRule.Alike, question.Line, "fraga", $"Databasen skiljer inte frågan från den på rad {lines[same]}.");
                    continue;
                }

                var id = await session.ReserveIdsAsync("instrument_item", cancellationToken: job.CancellationToken);
                lines.Add(id, question.Line);
                await session.BulkInsertAsync("instrument_item", s_itemColumns, [Values(id, instrumentId, lines.Count, question)], job.CancellationToken);
            }
        }
    }

    private static object?[] Values(int id, int instrumentId, int position, Question q) =>
        [id, instrumentId, q.Code, position, q.Min, q.Max, q.IsHigherBetter, q.Smallest];
}
