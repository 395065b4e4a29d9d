using System.Globalization;
using System.Text;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <summary>A measure that a target can be set for, told by those who know what can be measured.</summary>
/// <param name="Name">As in files and the database.</param>
/// <param name="Title">Understood too.</param>
/// <param name="IsShare">Its level is 0–1.</param>
/// <param name="TakesDefinition">It asks what counts as positive.</param>
public sealed record TargetableMeasure(string Name, string Title, bool IsShare, bool TakesDefinition);

/// <summary>Reads the board's targets.</summary>
internal sealed class TargetImport(ImportJob job, IReadOnlyList<TargetableMeasure> measures) : IFileImport
{
    private const int Year = 0, Insats = 1, Measure = 2, Definition = 3, Direction = 4, Goal = 5;
    private const decimal LargestGoal = 100_000;

    private readonly CodeLookup _names = new(areNames: true);
    private readonly List<KnownInsats> _insatser = [];
    private readonly CodeLookup _measures = new();
    private readonly CodeLookup _definitions = new();
    private readonly CodeLookup _directions = CodeWords.GoalDirections();
    private readonly RowComparison _comparison = new(job);
    private readonly List<NewTarget> _added = [];
    private readonly List<(KnownTarget Known, decimal Goal, string Direction)> _changed = [];
    private Dictionary<(int? InsatsId, string Measure, string? Definition, int Year), KnownTarget> _known = [];

    public async Task LoadAsync(DatabaseSession session)
    {
        foreach (var insats in await job.KnownAsync<KnownInsats>(session, "Import.Insatser"))
        {
            if (_names.Add(insats.Name) == _insatser.Count)
                _insatser.Add(insats);
        }

        foreach (var measure in measures)
            _measures.Add(measure.Name, measure.Title);
        foreach (var definition in await job.KnownAsync<PositiveDefinitionRow>(session, "Forbund.PositiveDefinitions"))
            _definitions.Add(definition.Code, definition.Label);
        foreach (var target in await job.KnownAsync<KnownTarget>(session, "Import.Targets"))
            _known[(target.InsatsId, target.Measure, target.Definition, target.CalendarYear)] = target;
    }

    public ImportCounts Read()
    {
        var rows = job.Rows;
        while (job.Next())
        {
            var year = rows.WholeNumber(Year, 1990, 2059, isRequired: true) ?? 0;
            var insats = rows.Code(Insats, _names, rule: ImportRule.InsatsUnknown);
            var place = rows.Code(Measure, _measures, isRequired: true);
            var measure = place < 0 ? null : measures[place];
            var definition = rows.Code(Definition, _definitions);
            var direction = rows.Code(Direction, _directions, isRequired: true);
            var goal = ReadGoal(measure?.IsShare == true);
            if (measure is { TakesDefinition: false } && definition >= 0)
                rows.Add(ImportRule.NotAsked, Definition, "definition är ifylld för ett mått som inte frågar vad som är positivt.");
            if (!rows.IsRowValid)
                continue;
            Keep(
                year,
                insats < 0 ? null : _insatser[insats],
                measure!,
                definition < 0 ? null : _definitions.Words[definition],
                CodeWords.GoalDirectionCodes[direction],
                goal!.Value);
        }

        return _comparison.Counts;
    }

    private decimal? ReadGoal(bool isShare)
    {
        var rows = job.Rows;
        var raw = rows.Raw(Goal);
        if (raw.IsEmpty)
        {
            rows.Add(ImportRule.Required, Goal, "mal är tomt.");
            return null;
        }

        var text = string.Concat(Encoding.UTF8.GetString(raw).Split());
        var isPercent = text.EndsWith('%');
        if (!decimal.TryParse(
                (isPercent ? text[..^1] : text).Replace(',', '.'),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var goal))
        {
            rows.Add(ImportRule.GoalInvalid, Goal, "mal är inte ett tal från 0 och uppåt.");
            return null;
        }

        goal = isPercent ? goal / 100 : goal;
        if (isPercent && !isShare)
            rows.Add(ImportRule.GoalInvalid, Goal, "mal är i procent, men måttet är ingen andel.");
        else if (isShare && goal > 1)
            rows.Add(ImportRule.GoalInvalid, Goal, "mal är större än 1, men måttet är en andel.");
        else if (goal >= LargestGoal || decimal.Round(goal, 4) != goal)
            rows.Add(ImportRule.GoalInvalid, Goal, "mal ska vara mindre än 100 000 och ha högst fyra decimaler.");
        else
            return goal;
        return null;
    }

    private void Keep(int year, KnownInsats? insats, TargetableMeasure measure, string? definition, string direction, decimal goal)
    {
        if (!_comparison.IsFirst(string.Create(CultureInfo.InvariantCulture, $"{year} {insats?.Id} {measure.Name} {definition}"), Measure))
            return;
        if (!_known.TryGetValue((insats?.Id, measure.Name, definition, year), out var known))
        {
            _comparison.Add();
            _added.Add(new NewTarget
            {
                ForbundId = job.ForbundId,
                InsatsId = insats?.Id,
                Measure = measure.Name,
                Definition = definition,
                CalendarYear = year,
                Goal = goal,
                Direction = direction,
            });
        }
        else if (_comparison.Changes(
            ChangedEntity.Target,
            known.Id,
            known.Version + 1,
            string.Create(CultureInfo.InvariantCulture, $"{measure.Name} {year}{(insats is null ? "" : " " + insats.Name)}"),
            Fields(known.Goal, known.Direction, goal, direction)))
        {
            _changed.Add((known, goal, direction));
        }
    }

    private ComparedField[] Fields(decimal? wasGoal, string? wasDirection, decimal goal, string direction) =>
    [
        new(Goal, nameof(NewTarget.Goal), Kept(wasGoal), Kept(goal)) { Word = kept => kept.Replace('.', ',') },
        new(Direction, nameof(NewTarget.Direction), wasDirection, direction)
        {
            Word = kept => _directions.Words[Array.IndexOf(CodeWords.GoalDirectionCodes, kept)],
        },
    ];

    private static string? Kept(decimal? goal) => goal?.ToString("0.####", CultureInfo.InvariantCulture);

    public bool RestsOn(ChangedMeanwhile change) => change.What is ChangedMeanwhile.Insats or ChangedMeanwhile.Sum;

    public async Task WriteAsync(DatabaseSession session)
    {
        if (_added.Count > 0)
        {
            var id = await session.ReserveIdsAsync("target", _added.Count, job.CancellationToken);
            foreach (var target in _added)
            {
                await session.ExecuteAsync(
                    "Insatser.AddTarget",
                    new
                    {
                        Id = id,
                        target.ForbundId,
                        target.InsatsId,
                        target.Measure,
                        target.Definition,
                        target.CalendarYear,
                        target.Goal,
                        target.Direction,
                    },
                    job.CancellationToken);
                _comparison.NoteNew(ChangedEntity.Target, id++, version: 1, Fields(null, null, target.Goal, target.Direction));
            }
        }

        var changed = _changed.Select(c => new { job.ForbundId, c.Known.Id, c.Goal, c.Direction, c.Known.Version });
        if (await session.ExecuteAsync("Insatser.UpdateTarget", changed, job.CancellationToken) < _changed.Count)
            throw FieldErrors.Stale();
    }
}
