using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.HeadCounts;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests;

/// <summary>A database with one förbund, one insats with places 2023–2024, and its stores, on 15 May 2024.</summary>
internal sealed class RegistryFixture : IAsyncDisposable
{
    private RegistryFixture(TestDatabase test, FixedClock clock, int forbundId)
    {
        (Test, Clock, ForbundId) = (test, clock, forbundId);
        Insatser = new InsatsStore(test.Database);
        Economy = new InsatsEconomyStore(test.Database);
        Participants = new ParticipantStore(test.Database);
        Participations = new ParticipationStore(test.Database);
        HeadCounts = new HeadCountStore(test.Database);
        Instruments = new InstrumentStore(test.Database);
        Assessments = new AssessmentStore(test.Database);
        History = new ChangeHistoryStore(test.Database);
    }

    public TestDatabase Test { get; }

    public FixedClock Clock { get; }

    public int ForbundId { get; }

    public InsatsStore Insatser { get; }

    public InsatsEconomyStore Economy { get; }

    public ParticipantStore Participants { get; }

    public ParticipationStore Participations { get; }

    public HeadCountStore HeadCounts { get; }

    public InstrumentStore Instruments { get; }

    public AssessmentStore Assessments { get; }

    public ChangeHistoryStore History { get; }

    public static async Task<RegistryFixture> CreateAsync(string engine)
    {
        var clock = FixedClock.At("2024-05-15");
        var test = await TestDatabase.CreateAsync(engine, clock);
        return new RegistryFixture(
            test,
            clock,
            await new ForbundStore(test.Database).AddAsync(new NewForbund { Name = "Samordningsförbundet Exempel", IsDemo = true }));
    }

    public static DateOnly On(string date) => DateOnly.Parse(date);

    public Task<int> InsatsAsync(string name = "Insam", int? parentId = null, string method = "individual") =>
        Insatser.AddAsync(
            new NewInsats
            {
                ForbundId = ForbundId,
                Name = name,
                ParentId = parentId,
                Orientation = "individual",
                FollowUpMethod = method,
                StartsOn = On("2023-01-01"),
                EndsOn = On("2024-12-31"),
                Capacity = 40,
                TargetGroups = ["unga", "npf"],
            });

    /// <summary>Who they are, as a page that shows them by name reads it.</summary>
    public async Task<IReadOnlyDictionary<int, ParticipantIdentity>> NamesAsync(string actor, params int[] ids) =>
        (await Participants.ReadShownAsync(new ShownPage { ForbundId = ForbundId, Actor = actor, NamedParticipants = ids })).ByParticipant;

    public Task<int> ParticipantAsync(string code = "A1", string gender = "woman") =>
        Participants.AddAsync(new NewParticipant { ForbundId = ForbundId, Code = code, Gender = gender, BirthYear = 1990 });

    public async Task<int> EnterAsync(int participantId, int insatsId, string startedOn = "2024-01-10", Situation? before = null) =>
        (
            await Participations.RegisterAsync(
                new NewParticipation
                {
                    ForbundId = ForbundId,
                    ParticipantId = participantId,
                    InsatsId = insatsId,
                    StartedOn = On(startedOn),
                    Before = before ?? new Situation(),
                })).Id;

    public Task<RegisteredParticipation> ExitAsync(int id, string endedOn, string? reason = "arbete", int version = 1) =>
        Participations.ExitAsync(
            new NewExit
            {
                ForbundId = ForbundId,
                ParticipationId = id,
                Version = version,
                EndedOn = On(endedOn),
                ExitReason = reason,
                IsPlannedExit = true,
            });

    /// <summary>What differs from what it was at a moment, as a user or the server itself is told.</summary>
    public Task<IReadOnlyList<ChangedRegistration>> ChangedAsync(RegisterMoment since, int? userId = null) =>
        new ChangedRegistrationStore(Test.Database).SinceAsync(ForbundId, since, userId);

    public Task<int> InstrumentAsync(int version = 1) =>
        Instruments.AddAsync(
            new NewInstrument
            {
                ForbundId = ForbundId,
                Code = "HÄLSA",
                InstrumentVersion = version,
                Respondent = "participant",
                Items =
                [
                    new NewInstrumentItem
                    {
                        Code = "mående",
                        ScaleMin = 1,
                        ScaleMax = 5,
                        IsHigherBetter = true,
                        SmallestChange = 0.5m,
                        Texts = new Dictionary<string, string> { ["sv"] = "Hur mår du?" },
                    },
                    new NewInstrumentItem
                    {
                        Code = "sömn",
                        ScaleMin = 0,
                        ScaleMax = 10,
                        IsHigherBetter = false,
                        Texts = new Dictionary<string, string> { ["sv"] = "Hur ofta sover du dåligt?", ["ar"] = "نوم" },
                    },
                ],
            });

    /// <summary>A user who works in these insatser.</summary>
    public async Task<int> UserAsync(string name, params int[] insatser)
    {
        var id = Convert.ToInt32(await SqlAsync("SELECT COUNT(*) FROM app_user")) + 1;
        await SqlAsync(
            $"INSERT INTO app_user (id, user_name, normalized_user_name, display_name, security_stamp, is_two_factor_enabled, access_failed_count, is_active, created_at) VALUES ({id}, '{name}', '{name.ToUpperInvariant()}', '{name}', 'x', 0, 0, 1, '2024-01-01 00:00:00.000')"
        );
        foreach (var insats in insatser)
            await SqlAsync($"INSERT INTO app_user_insats (app_user_id, insats_id) VALUES ({id}, {insats})");
        return id;
    }

    /// <summary>Every text and blob of the database that could hold a name in clear, as one text.</summary>
    public async Task<string> EverythingWrittenAsync()
    {
        var text = new System.Text.StringBuilder();
        await using var connection = await Test.Database.Engine.OpenAsync(CancellationToken.None);
        foreach (
            var sql in new[]
            {
                "SELECT action, entity, detail, actor FROM audit_event",
                "SELECT entity, field, old_value, new_value FROM change_history",
                "SELECT code, name_encrypted, personal_number_encrypted, personal_number_index FROM participant",
            })
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                    text.Append(reader.GetValue(i) is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : reader.GetValue(i).ToString()).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>The fields that were wrong, after an input that must be refused.</summary>
    public static async Task<IReadOnlyList<string>> WrongFieldsAsync(Func<Task> act) =>
        [.. (await Should.ThrowAsync<RegistrationException>(act)).Errors.Select(e => e.Field).Distinct()];

    /// <summary>Runs plain SQL beside the stores, to plant what they refuse or to look; what was read is in the log by then.</summary>
    public async Task<object?> SqlAsync(string sql)
    {
        if (sql.StartsWith("SELECT", StringComparison.Ordinal) && sql.Contains("audit_event", StringComparison.Ordinal))
            await new ReadingJournal(Test.Database).ChainAsync();
        await using var connection = await Test.Database.Engine.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    public ValueTask DisposeAsync() => Test.DisposeAsync();
}
