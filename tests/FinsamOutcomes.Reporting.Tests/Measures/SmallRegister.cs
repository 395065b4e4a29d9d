using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Measures;

/// <summary>A register written row by row for a test, kept in memory too so that it can be counted in another way.</summary>
internal sealed class SmallRegister
{
    private static readonly string[] s_insatsColumns =
    [
        "id",
        "forbund_id",
        "parent_id",
        "name",
        "name_key",
        "orientation",
        "follow_up_method",
        "is_esf",
        "starts_on",
        "version",
    ];
    private static readonly string[] s_participantColumns = ["id", "forbund_id", "code", "code_key", "gender", "birth_year", "has_protected_identity", "version"];
    private static readonly string[] s_participationColumns =
    [
        "id",
        "forbund_id",
        "participant_id",
        "insats_id",
        "queued_on",
        "started_on",
        "ended_on",
        "exit_reason",
        "referrer",
        "education_level",
        "version",
    ];
    private static readonly string[] s_occupationColumns = ["participation_id", "occasion", "work_percent", "study_percent", "is_job_seeking"];
    private static readonly string[] s_livelihoodColumns = ["participation_id", "occasion", "livelihood", "percent_share"];
    private static readonly string[] s_headCountColumns = ["forbund_id", "insats_id", "calendar_year", "half", "gender", "number_of_people"];
    private static readonly string[] s_yearColumns = ["insats_id", "calendar_year", "budget_kronor", "outcome_kronor", "version"];
    private static readonly string[] s_instrumentColumns = ["id", "forbund_id", "code", "instrument_version", "respondent"];
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
    private static readonly string[] s_assessmentColumns = ["id", "forbund_id", "participation_id", "instrument_id", "occasion", "respondent", "answered_on"];
    private static readonly string[] s_answerColumns = ["assessment_id", "instrument_item_id", "value", "missing_reason"];

    private readonly TestDatabase _test;
    private readonly List<object?[]> _occupations = [],
        _livelihoods = [],
        _headCounts = [],
        _years = [],
        _instruments = [],
        _items = [],
        _assessments = [],
        _answers = [];

    private SmallRegister(TestDatabase test, int forbundId)
    {
        _test = test;
        ForbundId = forbundId;
    }

    public int ForbundId { get; }

    public List<InsatsRow> Insatser { get; } = [];

    public List<PersonRow> Persons { get; } = [];

    public List<RegisteredRow> Participations { get; } = [];

    /// <summary>Work and study percent before and after, by stay.</summary>
    public Dictionary<(int Participation, string Occasion), (int Work, int Study)> Occupations { get; } = [];

    public FinsamDatabase Database => _test.Database;

    public static async Task<SmallRegister> InAsync(TestDatabase test, string forbund = "Prov") =>
        new(test, await new ForbundStore(test.Database).AddAsync(new NewForbund { Name = forbund }));

    /// <summary>Individual, unless it is only counted, and structural when it is no insats for participants.</summary>
    public int Insats(string name, int? parent = null, bool isCounted = false, bool isStructural = false)
    {
        Insatser.Add(new InsatsRow(ForbundId * 1000 + Insatser.Count + 1, parent, name, isCounted || isStructural, isStructural));
        return Insatser[^1].Id;
    }

    public int Person(string gender, int? birthYear = 1985)
    {
        Persons.Add(new PersonRow(ForbundId * 100_000 + Persons.Count + 1, gender, birthYear));
        return Persons[^1].Id;
    }

    /// <summary>Dates as ISO text; returns the id of the participation.</summary>
    public int Participation(
        int person,
        int insats,
        string? started,
        string? ended = null,
        string? reason = null,
        string? queued = null,
        string? referrer = null,
        string? education = null)
    {
        Participations.Add(
            new RegisteredRow(
                ForbundId * 100_000 + Participations.Count + 1,
                person,
                insats,
                Date(queued),
                Date(started),
                Date(ended),
                reason,
                referrer,
                education));
        return Participations[^1].Id;
    }

    /// <summary>One new person and stay for each of a number, all alike.</summary>
    public void Participations_of(int number, string gender, int insats, string started, string? ended, string? reason)
    {
        for (var i = 0; i < number; i++)
            Participation(Person(gender), insats, started, ended, reason);
    }

    public void Occupation(int stay, string occasion, int work, int study, bool seeking = false)
    {
        Occupations[(stay, occasion)] = (work, study);
        _occupations.Add([stay, occasion, work, study, seeking]);
    }

    public void Livelihood(int stay, string occasion, string livelihood, int percent = 100) => _livelihoods.Add([stay, occasion, livelihood, percent]);

    /// <summary>How many were counted, without knowing who.</summary>
    public List<HeadCountEntry> HeadCounts { get; } = [];

    public void HeadCount(int insats, int year, int half, string gender, int number)
    {
        HeadCounts.Add(new HeadCountEntry(insats, year, half, gender, number));
        _headCounts.Add([ForbundId, insats, year, half, gender, number]);
    }

    public void Year(int insats, int year, int? budget, int? outcome) => _years.Add([insats, year, budget, outcome, 1]);

    /// <summary>An instrument with one item, on a scale of 1–10 where higher is better.</summary>
    public int Instrument(string code, string item)
    {
        var id = ForbundId * 1000 + _instruments.Count + 1;
        _instruments.Add([id, ForbundId, code, 1, "participant"]);
        _items.Add([id, id, item, 1, 1.0, 10.0, true, 0.0]);
        return id;
    }

    /// <summary>A null value is an item that was asked and declined.</summary>
    public void Assessment(int stay, int instrument, string occasion, string on, double? value)
    {
        var id = ForbundId * 100_000 + _assessments.Count + 1;
        _assessments.Add([id, ForbundId, stay, instrument, occasion, "participant", Date(on)]);
        _answers.Add([id, instrument, value, value is null ? "declined" : null]);
    }

    public async Task SaveAsync()
    {
        await using var session = await _test.Database.WriteAsync();
        await session.BulkInsertAsync(
            "insats",
            s_insatsColumns,
            Insatser.Select(i =>
                (object?[])
                    [
                        i.Id,
                        ForbundId,
                        i.Parent,
                        i.Name,
                        NormalForm.Of(i.Name),
                        i.IsStructural ? "structural" : "individual",
                        i.IsCounted ? "count" : "individual",
                        false,
                        Date("2000-01-01"),
                        1,
                    ]));
        await session.BulkInsertAsync(
            "participant",
            s_participantColumns,
            Persons.Select(p => (object?[])[p.Id, ForbundId, $"P{p.Id}", NormalForm.Of($"P{p.Id}"), p.Gender, p.BirthYear, false, 1]));
        await session.BulkInsertAsync(
            "participation",
            s_participationColumns,
            Participations.Select(s => (object?[])[s.Id, ForbundId, s.Person, s.Insats, s.Queued, s.Started, s.Ended, s.Reason, s.Referrer, s.Education, 1]));
        await session.BulkInsertAsync("occupation", s_occupationColumns, _occupations);
        await session.BulkInsertAsync("livelihood_share", s_livelihoodColumns, _livelihoods);
        await session.BulkInsertAsync("head_count", s_headCountColumns, _headCounts);
        await session.BulkInsertAsync("insats_year", s_yearColumns, _years);
        await session.BulkInsertAsync("instrument", s_instrumentColumns, _instruments);
        await session.BulkInsertAsync("instrument_item", s_itemColumns, _items);
        await session.BulkInsertAsync("assessment", s_assessmentColumns, _assessments);
        await session.BulkInsertAsync("answer", s_answerColumns, _answers);
        await session.CommitAsync();
    }

    public Task<IReadOnlyList<MeasureCell>> ComputeAsync(
        string measure,
        string from,
        string to,
        MeasureDimensions by = MeasureDimensions.None,
        PeriodKind per = PeriodKind.None,
        string? definition = null,
        string? denominator = null,
        string? insats = null,
        string? gender = null,
        string? ages = null) =>
        Database.MeasureAsync(new MeasureRequest
        {
            Measure = measure,
            ForbundId = ForbundId,
            From = Date(from)!.Value,
            To = Date(to)!.Value,
            By = by,
            Per = per,
            Definition = definition,
            Denominator = denominator,
            Insats = insats,
            Gender = gender,
            AgeGroups = ages,
        });

    private static DateOnly? Date(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd");
}

internal sealed record InsatsRow(int Id, int? Parent, string Name, bool IsCounted, bool IsStructural);

internal sealed record HeadCountEntry(int Insats, int Year, int Half, string Gender, int Number);

internal sealed record PersonRow(int Id, string Gender, int? BirthYear);

internal sealed record RegisteredRow(
    int Id,
    int Person,
    int Insats,
    DateOnly? Queued,
    DateOnly? Started,
    DateOnly? Ended,
    string? Reason,
    string? Referrer,
    string? Education);
