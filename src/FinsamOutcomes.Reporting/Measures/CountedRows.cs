using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Reporting.Measures;

/// <summary>
/// The rows of measure queries, counted from tables that are made once for a connection. Requests that differ only in how their
/// cells are laid out share a count: the total is in what is divided.
/// </summary>
internal sealed class CountedRows(DatabaseSession session, CancellationToken cancellationToken)
{
    private static readonly string[] s_tables =
    [
        "MeasureTables.CreateFact",
        "MeasureTables.CreateAge",
        "MeasureTables.CreateExitKind",
        "MeasureTables.CreateDimensionLevel",
        "MeasureTables.CreatePeriod",
        "MeasureTables.CreateInsatsLevel",
        "MeasureTables.CreateCodeLevel",
        "MeasureTables.CreateLevelCode",
    ];

    private readonly Dictionary<string, List<(MeasureArguments Arguments, object Rows)>> _counted = new(StringComparer.Ordinal);

    // What the tables are filled for, null before they are.
    private (string, DateOnly, DateOnly)? _periods;
    private (int, int)? _insatser;
    private (int, int, int, int)? _codes;
    private int _filledFrom = int.MaxValue;
    private int _withoutGender;
    private bool _isMade;

    /// <summary>The rows of a query; from what has been counted already where that holds them.</summary>
    public async Task<IReadOnlyList<T>> RowsAsync<T>(string query, MeasureArguments arguments)
    {
        var known = _counted.TryGetValue(query, out var list) ? list : _counted[query] = [];
        if (known.Find(k => IsDividedFurther(k.Arguments, arguments)) is not { Rows: { } rows } found)
        {
            // Women and men are nearly always asked for beside the whole. Days and answers are too many to be counted for that.
            found.Arguments = query is "Measures.Days" or "Measures.Assessments" ? arguments : arguments with { ByGender = 1 };
            await PrepareAsync(found.Arguments);
            rows = await session.QueryAsync<T>(query, found.Arguments, cancellationToken);
            known.Add((found.Arguments, rows));
        }

        // What has no such levels is the same however it is asked for.
        return found.Arguments != arguments && rows is IReadOnlyList<MeasureRow> all
            ? [.. all.Where(r => IsIn(r, arguments)).Cast<T>()]
            : (IReadOnlyList<T>)rows;
    }

    private static bool IsDividedFurther(MeasureArguments wider, MeasureArguments wanted) =>
        wider.ByInsats >= wanted.ByInsats
        && wider.ByGender >= wanted.ByGender
        && wider.ByAge >= wanted.ByAge
        && wider.ByEducation >= wanted.ByEducation
        && wider.ByReferrer >= wanted.ByReferrer
        && wanted == wider with
        {
            ByInsats = wanted.ByInsats,
            ByGender = wanted.ByGender,
            ByAge = wanted.ByAge,
            ByEducation = wanted.ByEducation,
            ByReferrer = wanted.ByReferrer,
        };

    private static bool IsIn(MeasureRow row, MeasureArguments wanted) =>
        (wanted.ByInsats == 1 || row.InsatsLevel == wanted.Insats)
        && (wanted.ByGender == 1 || row.Gender == MeasureCell.All)
        && (wanted.ByAge == 1 || row.AgeGroup == MeasureCell.All)
        && (wanted.ByEducation == 1 || row.Education == MeasureCell.All)
        && (wanted.ByReferrer == 1 || row.Referrer == MeasureCell.All);

    private async Task PrepareAsync(MeasureArguments arguments)
    {
        if (!_isMade)
        {
            // Without arguments: what SQL Server makes in a statement that has them is gone after it.
            foreach (var table in s_tables)
                await session.ExecuteAsync(table, cancellationToken: cancellationToken);
            await session.ExecuteAsync("MeasureTables.FillAge", cancellationToken: cancellationToken);
            await session.ExecuteAsync("MeasureTables.FillExitKind", arguments, cancellationToken);
            await session.ExecuteAsync("MeasureTables.FillDimensionLevel", cancellationToken: cancellationToken);
            _isMade = true;
        }

        if (arguments.WithoutGender != _withoutGender)
        {
            await session.ExecuteAsync("MeasureTables.EmptyFactOfGender", arguments, cancellationToken);
            _withoutGender = arguments.WithoutGender;
        }

        // What had ended before is nothing to read until somebody asks for it. Where the connection doesn't stand at one moment,
        // all is read in one statement: a stay must not move between two.
        if (arguments.FirstDay < _filledFrom)
        {
            var from = session.IsAtOneMoment ? arguments.FirstDay : 0;
            var days = new
            {
                arguments.ForbundId,
                FromDay = from,
                BeforeDay = _filledFrom,
                arguments.WithoutGender,
            };
            await session.ExecuteAsync("MeasureTables.FillFact", days, cancellationToken);
            _filledFrom = from;
        }

        if (_periods != (arguments.Per, arguments.From, arguments.To))
            await FillAsync("MeasureTables.EmptyPeriod", "MeasureTables.FillPeriod");
        if (_insatser != (arguments.Insats, arguments.ByInsats))
            await FillAsync("MeasureTables.EmptyInsatsLevel", "MeasureTables.FillInsatsLevel");
        if (_codes != (arguments.ByGender, arguments.ByAge, arguments.ByEducation, arguments.ByReferrer))
        {
            await FillAsync("MeasureTables.EmptyCodeLevel", "MeasureTables.FillCodeLevel");
            await session.ExecuteAsync("MeasureTables.EmptyLevelCode", cancellationToken: cancellationToken);
            await session.ExecuteAsync("MeasureTables.FillLevelCode", cancellationToken: cancellationToken);
        }

        _periods = (arguments.Per, arguments.From, arguments.To);
        _insatser = (arguments.Insats, arguments.ByInsats);
        _codes = (arguments.ByGender, arguments.ByAge, arguments.ByEducation, arguments.ByReferrer);

        async Task FillAsync(string empty, string fill)
        {
            await session.ExecuteAsync(empty, cancellationToken: cancellationToken);
            await session.ExecuteAsync(fill, arguments, cancellationToken);
        }
    }
}
