using System.Globalization;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// Reads instruments. A version that has been used is locked: its rows must equal what is registered. One that nobody has
/// answered yet may be described anew.
/// </summary>
internal sealed class InstrumentImport(ImportJob job)
{
    private const int Code = 0, Version = 1, Respondent = 2, Item = 3, Body = 4, Min = 5, Max = 6, Direction = 7, Smallest = 8;
    private const int MaxCodeLength = 50;
    private const int MaxTextLength = 1000;

    private readonly Dictionary<string, Instrument> _instruments = new(StringComparer.OrdinalIgnoreCase);

    private sealed record Instrument(string Code, int Version, string Respondent)
    {
        public List<Question> Questions { get; } = [];
    }

    private sealed record Question(int Line, string Code, double Min, double Max, bool IsHigherBetter, double Smallest, IReadOnlyList<(string Language, string Body)> Texts);

    private static string Key(string code, int version, string respondent) => string.Create(CultureInfo.InvariantCulture, $"{version} {respondent} {code}");

    public async Task<ImportCounts> RunAsync()
    {
        ReadRows();
        var known = (await job.KnownAsync<KnownInstrument>("Import.Instruments")).ToDictionary(i => Key(i.Code, i.InstrumentVersion, i.Respondent), StringComparer.OrdinalIgnoreCase);
        var items = (await job.KnownAsync<KnownInstrumentItem>("Import.InstrumentItems")).ToLookup(i => i.InstrumentId);
        var texts = (await job.KnownAsync<KnownItemText>("Import.ItemTexts")).ToLookup(t => t.InstrumentItemId);
        var (added, changed, unchanged) = (new List<Instrument>(), new List<(int Id, Instrument Instrument)>(), 0);
        foreach (var (key, instrument) in _instruments)
        {
            if (!known.TryGetValue(key, out var registered))
            {
                added.Add(instrument);
            }
            else
            {
                var differs = instrument.Questions.Where((q, i) => !IsSame(q, items[registered.Id].ElementAtOrDefault(i), texts)).ToList();
                var isSame = differs.Count == 0 && instrument.Questions.Count == items[registered.Id].Count();
                if (isSame)
                    unchanged += instrument.Questions.Count;
                else if (!registered.IsLocked)
                    changed.Add((registered.Id, instrument));
                else if (differs.Count == 0)
                    job.Problems.Add(ImportRule.InstrumentLocked, instrument.Questions[0].Line, "fraga", "Versionen har använts och har fler frågor än filen.");
                foreach (var question in differs.Where(_ => registered.IsLocked))
                    job.Problems.Add(ImportRule.InstrumentLocked, question.Line, "fraga", "Versionen har använts och frågan är en annan än den som är registrerad.");
            }
        }

        if (job.Problems.Errors == 0)
            await WriteAsync(added, changed);
        return new ImportCounts(added.Sum(i => i.Questions.Count), changed.Sum(c => c.Instrument.Questions.Count), unchanged);
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
    private static bool IsSame(Question question, KnownInstrumentItem? item, ILookup<int, KnownItemText> texts) =>
        item is not null
        && string.Equals(question.Code, item.Code, StringComparison.OrdinalIgnoreCase)
        && question.Min.Equals(item.ScaleMin) && question.Max.Equals(item.ScaleMax)
        && question.IsHigherBetter == item.IsHigherBetter && question.Smallest.Equals(item.SmallestChange)
        && question.Texts.All(t => texts[item.Id].Any(k => k.Language == t.Language && k.Body == t.Body));

    private async Task WriteAsync(List<Instrument> added, List<(int Id, Instrument Instrument)> changed)
    {
        var written = changed;
        if (added.Count > 0)
        {
            var first = await job.Session.ReserveIdsAsync("instrument", added.Count, job.CancellationToken);
            written = [.. changed, .. added.Select((instrument, i) => (first + i, instrument))];
            await job.Session.BulkInsertAsync(
                "instrument",
                ["id", "forbund_id", "code", "instrument_version", "respondent"],
                added.Select((i, n) => new object?[] { first + n, job.ForbundId, i.Code, i.Version, i.Respondent }),
                job.CancellationToken);
        }

        foreach (var (id, _) in changed)
        {
            await job.Session.ExecuteAsync("Import.RemoveItemTexts", new { job.ForbundId, Id = id }, job.CancellationToken);
            await job.Session.ExecuteAsync("Import.RemoveItems", new { job.ForbundId, Id = id }, job.CancellationToken);
        }

        var questions = written.SelectMany(w => w.Instrument.Questions.Select((q, i) => (w.Id, Position: i + 1, Question: q))).ToList();
        if (questions.Count == 0)
            return;
        var firstItem = await job.Session.ReserveIdsAsync("instrument_item", questions.Count, job.CancellationToken);
        await job.Session.BulkInsertAsync(
            "instrument_item",
            ["id", "instrument_id", "code", "position", "scale_min", "scale_max", "is_higher_better", "smallest_change"],
            questions.Select((q, i) => new object?[] { firstItem + i, q.Id, q.Question.Code, q.Position, q.Question.Min, q.Question.Max, q.Question.IsHigherBetter, q.Question.Smallest }),
            job.CancellationToken);
        await job.Session.BulkInsertAsync(
            "item_text",
            ["instrument_item_id", "language", "body"],
            questions.SelectMany((q, i) => q.Question.Texts.Select(t => new object?[] { firstItem + i, t.Language, t.Body })),
            job.CancellationToken);
    }
}
