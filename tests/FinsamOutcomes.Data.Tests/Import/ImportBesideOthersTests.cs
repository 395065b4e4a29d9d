using System.Text;
using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Import;

/// <summary>A file is read while others register. The progress of the reading, told every 8 192 rows, is where they come in.</summary>
public sealed class ImportBesideOthersTests
{
    private const int Rows = 9_000;

    [Theory, ClassData(typeof(Engines))]
    public async Task While_a_file_is_read_others_register_at_once_whether_it_is_tried_or_read_in(string engine)
    {
        await using var fixture = await RegistryFixture.CreateAsync(engine);
        var insats = await fixture.InsatsAsync();
        foreach (var isDryRun in new[] { true, false })
        {
            var meanwhile = new Meanwhile(async time => await fixture.EnterAsync(await fixture.ParticipantAsync($"{isDryRun}-{time}"), insats));
            var result = await meanwhile.ImportAsync(fixture, File("F"), isDryRun);
            result.IsValid.ShouldBeTrue();
            (result.IsSaved, result.Counts.Added).ShouldBe((!isDryRun, Rows));
            meanwhile.Times.ShouldBe(1, "Somebody else's participant is no reason to compare again.");
            meanwhile.Longest.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        }

        (await fixture.SqlAsync("SELECT COUNT(*) FROM participant")).ShouldBe(Convert.ChangeType(Rows + 2, engine == "sqlite" ? typeof(long) : typeof(int)));
        await using var session = await fixture.Test.Database.ReadAsync();
        (await AuditLog.CheckAsync(session, fixture.ForbundId)).Fault.ShouldBe(AuditFault.None);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Who_is_registered_meanwhile_and_stands_in_the_file_is_compared_again(string engine)
    {
        await using var fixture = await RegistryFixture.CreateAsync(engine);
        var insats = await fixture.InsatsAsync();
        var meanwhile = new Meanwhile(async time =>
        {
            if (time == 1)
                await fixture.EnterAsync(await fixture.ParticipantAsync("F-7"), insats);
        });

        var result = await meanwhile.ImportAsync(fixture, File("F"));

        result.IsSaved.ShouldBeTrue();
        meanwhile.Times.ShouldBe(2);
        (result.Counts.Added, result.Counts.Unchanged).ShouldBe((Rows - 1, 1));
        (await fixture.SqlAsync("SELECT COUNT(*) FROM participation")).ShouldBe(Convert.ChangeType(Rows, engine == "sqlite" ? typeof(long) : typeof(int)));
    }

    [Fact]
    public async Task When_others_change_the_same_people_again_and_again_nothing_is_saved_and_it_is_said()
    {
        await using var fixture = await RegistryFixture.CreateAsync("sqlite");
        await fixture.InsatsAsync();
        var id = await fixture.ParticipantAsync("F-7");
        var meanwhile = new Meanwhile(time =>
            fixture.Participants.UpdateAsync(
                new ParticipantChange
                {
                    ForbundId = fixture.ForbundId,
                    Id = id,
                    Version = time,
                    Code = "F-7",
                    Gender = "woman",
                    BirthYear = time % 2 == 0 ? 1990 : null,
                    Name = null,
                    PersonalNumber = null,
                    HasProtectedIdentity = false,
                }));

        var result = await meanwhile.ImportAsync(fixture, File("F", birthYear: ""));

        result.Problems.Kept.ShouldHaveSingleItem().Rule.Code.ShouldBe("registret-andras");
        result.IsSaved.ShouldBeFalse();
        meanwhile.Times.ShouldBe(5);
        (await fixture.SqlAsync("SELECT COUNT(*) FROM participation")).ShouldBe(0L);
    }

    public static TheoryData<string, string, string> Changes { get; } = new()
    {
        { "sqlite", "a participant", "participant N1" },
        { "sqlite", "a participant's birth year", "participant A1" },
        { "sqlite", "an erased participant", "participant gallrad-1" },
        { "sqlite", "a stay", "participant A2" },
        { "sqlite", "an exit", "participant A1" },
        { "sqlite", "a mistake", "participant A1" },
        { "sqlite", "a corrected stay", "participant A1" },
        { "sqlite", "a situation", "participant A1" },
        { "sqlite", "an assessment", "assessment A1" },
        { "sqlite", "a corrected assessment", "assessment A1" },
        { "sqlite", "a removed assessment", "participant A1" },
        { "sqlite", "an insats", "insats" },
        { "sqlite", "target groups", "insats" },
        { "sqlite", "an instrument", "instrument" },
        { "sqlite", "other questions", "instrument" },
        { "sqlite", "a file", "import" },
        { "sqlite", "a look at names", "" },
    };

    [Theory, MemberData(nameof(Changes))]
    public async Task Whatever_others_register_that_a_file_can_rest_on_is_seen(string engine, string what, string seen)
    {
        await using var fixture = await RegistryFixture.CreateAsync(engine);
        var (insats, forbund) = (await fixture.InsatsAsync(), fixture.ForbundId);
        var (first, second) = (await fixture.ParticipantAsync("A1"), await fixture.ParticipantAsync("A2"));
        var stay = await fixture.EnterAsync(first, insats);
        var instrument = await fixture.InstrumentAsync();
        var unanswered = await fixture.InstrumentAsync(version: 2);
        var assessment = await AssessAsync("start");
        RegisterMarks marks;
        await using (var before = await fixture.Test.Database.SnapshotAsync())
            marks = await RegisterMarks.ReadAsync(before, CancellationToken.None);

        await (
            what switch
            {
                "a participant" => fixture.ParticipantAsync("N1"),
                "a participant's birth year" => fixture.Participants.UpdateAsync(
                    new ParticipantChange
                    {
                        ForbundId = forbund,
                        Id = first,
                        Version = 1,
                        Code = "A1",
                        Gender = "woman",
                        BirthYear = 1991,
                        Name = null,
                        PersonalNumber = null,
                        HasProtectedIdentity = false,
                    }),
                "an erased participant" => EraseAsync(),
                "a stay" => fixture.EnterAsync(second, insats),
                "an exit" => fixture.ExitAsync(stay, "2024-02-01"),
                "a mistake" => fixture.Participations.MisregisterAsync(forbund, stay, 1, "prov"),
                "a corrected stay" => CorrectAsync(new DateOnly(2024, 1, 11), null),
                "a situation" => CorrectAsync(new DateOnly(2024, 1, 10), new Situation { Livelihoods = [new LivelihoodShare("lon", 100)] }),
                "an assessment" => AssessAsync("exit"),
                "a corrected assessment" => fixture.Assessments.CorrectAsync(
                    new AssessmentCorrection
                    {
                        ForbundId = forbund,
                        AssessmentId = assessment,
                        Version = 1,
                        Occasion = "followup",
                        AnsweredOn = new DateOnly(2024, 2, 1),
                        Answers = Answers(),
                    }),
                "a removed assessment" => fixture.Assessments.RemoveAsync(forbund, assessment, 1, "prov"),
                "an insats" => fixture.InsatsAsync("Annan"),
                "target groups" => fixture.Insatser.UpdateAsync(
                    new InsatsChange
                    {
                        ForbundId = forbund,
                        Id = insats,
                        Version = 1,
                        Name = "Insam",
                        Orientation = "individual",
                        SpecificOrientation = null,
                        FollowUpMethod = "individual",
                        IsEsf = false,
                        StartsOn = new DateOnly(2023, 1, 1),
                        EndsOn = new DateOnly(2024, 12, 31),
                        Capacity = 40,
                        TargetGroups = ["unga"],
                    }),
                "an instrument" => fixture.InstrumentAsync(version: 3),
                "other questions" => fixture.Instruments.ReplaceItemsAsync(
                    forbund,
                    unanswered,
                    [
                        new()
                        {
                            Code = "ny",
                            ScaleMin = 1,
                            ScaleMax = 5,
                            IsHigherBetter = true,
                            Texts = new Dictionary<string, string> { ["sv"] = "Ny?" },
                        },
                    ],
                    "prov"),
                "a file" => new Importer(fixture.Test.Database, forbund).ImportAsync(ImportKind.Deltagare, File("F", count: 1)),
                _ => fixture.Participants.ReadIdentityAsync(forbund, first, "prov"),
            });

        await using var session = await fixture.Test.Database.ReadAsync();
        var changes = (await marks.ChangedSinceAsync(session, forbund, CancellationToken.None)).Select(c => $"{c.What} {c.Code}".Trim()).ToList();
        if (seen.Length == 0)
            changes.ShouldBeEmpty();
        else
            changes.ShouldContain(seen);
        (await marks.ChangedSinceAsync(session, forbund + 1, CancellationToken.None)).ShouldBeEmpty();

        Task<int> AssessAsync(string occasion) =>
            fixture.Assessments.RegisterAsync(
                new NewAssessment
                {
                    ForbundId = forbund,
                    ParticipationId = stay,
                    InstrumentId = instrument,
                    Occasion = occasion,
                    AnsweredOn = new DateOnly(2024, 2, 1),
                    Answers = Answers(),
                });
        static NewAnswer[] Answers() => [new() { ItemCode = "mående", Value = 3 }, new() { ItemCode = "sömn", MissingReason = "declined" }];
        Task CorrectAsync(DateOnly startedOn, Situation? before) =>
            fixture.Participations.CorrectAsync(
                new ParticipationCorrection
                {
                    ForbundId = forbund,
                    ParticipationId = stay,
                    Version = 1,
                    QueuedOn = null,
                    StartedOn = startedOn,
                    EndedOn = null,
                    ExitReason = null,
                    IsPlannedExit = null,
                    Referrer = null,
                    EducationLevel = null,
                    Before = before,
                });
        async Task EraseAsync()
        {
            await fixture.ExitAsync(stay, "2024-02-01");
            await fixture.Test.Database.EraseAsync(forbund, first);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task One_file_at_a_time_is_read_in_a_forbund_and_the_next_is_told_to_wait(string engine)
    {
        await using var fixture = await RegistryFixture.CreateAsync(engine);
        await fixture.InsatsAsync();
        var (told, order) = (0, new List<string>());
        Task<ImportResult>? next = null;
        var meanwhile = new Meanwhile(async _ =>
        {
            next = Task.Run(async () =>
            {
                var second = await new Importer(fixture.Test.Database, fixture.ForbundId) { Waiting = () => told++ }.ImportAsync(
                    ImportKind.Deltagare,
                    File("S", count: 3));
                order.Add("second");
                return second;
            });
            var impatient = await new Importer(fixture.Test.Database, fixture.ForbundId) { Patience = TimeSpan.FromMilliseconds(200) }.ImportAsync(
                ImportKind.Deltagare,
                File("T", count: 1),
                isDryRun: true);
            impatient.Problems.Kept.ShouldHaveSingleItem().Rule.Code.ShouldBe("annan-inlasning");
            impatient.InTheWay.ShouldNotBeNull();

            // Another förbund has a line of its own.
            var other = await new Data.Forbund.ForbundStore(fixture.Test.Database).AddAsync(new Data.Forbund.NewForbund { Name = "Ett annat" });
            (
                await new Importer(fixture.Test.Database, other) { Patience = TimeSpan.Zero }.ImportAsync(
                    ImportKind.Deltagare,
                    File("T", count: 1),
                    isDryRun: true)).InTheWay.ShouldBeNull();
        });
        (await meanwhile.ImportAsync(fixture, File("F"))).IsSaved.ShouldBeTrue();
        order.Add("first");
        (await next!).IsSaved.ShouldBeTrue();
        (told, order[0]).ShouldBe((1, "first"));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Another_program_that_reads_a_file_is_waited_for_too(string engine)
    {
        await using var fixture = await RegistryFixture.CreateAsync(engine);
        await fixture.InsatsAsync();
        var told = 0;
        Task<ImportResult> reading;
        await using (await fixture.Test.Database.Engine.TryHoldAsync($"inlasning-{fixture.ForbundId}", CancellationToken.None))
        {
            (await fixture.Test.Database.Engine.TryHoldAsync($"inlasning-{fixture.ForbundId}", CancellationToken.None)).ShouldBeNull();
            reading = new Importer(fixture.Test.Database, fixture.ForbundId) { Waiting = () => told++ }.ImportAsync(ImportKind.Deltagare, File("F", count: 3));
            await Task.Delay(700);
            reading.IsCompleted.ShouldBeFalse();
        }

        (await reading).IsSaved.ShouldBeTrue();
        told.ShouldBe(1);
    }

    private static MemoryStream File(string series, string birthYear = "1990", int count = Rows) =>
        new(
            Encoding.UTF8.GetBytes(
                $"{ImportFixture.Deltagare}\n{string.Concat(Enumerable.Range(1, count).Select(i => $"{series}-{i};Insam;kvinna;{birthYear};;2024-01-10;;\n"))}")
        );

    /// <summary>What others do each time the file is read.</summary>
    private sealed class Meanwhile(Func<int, Task> others)
    {
        public int Times { get; private set; }

        public TimeSpan Longest { get; private set; }

        public async Task<ImportResult> ImportAsync(RegistryFixture fixture, MemoryStream content, bool isDryRun = false)
        {
            var path = Path.GetTempFileName();
            try
            {
                await System.IO.File.WriteAllBytesAsync(path, content.ToArray());
                return await Task.Run(() => new Importer(fixture.Test.Database, fixture.ForbundId).ImportAsync(ImportKind.Deltagare, path, isDryRun, _ =>
                {
                    var began = TimeProvider.System.GetTimestamp();
                    others(++Times).Wait();
                    Longest = TimeSpan.FromTicks(Math.Max(Longest.Ticks, TimeProvider.System.GetElapsedTime(began).Ticks));
                }));
            }
            finally
            {
                System.IO.File.Delete(path);
            }
        }
    }
}
