using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Reporting.Tests.Documents;
using FinsamOutcomes.Reporting.Tests.Figures;
using FinsamOutcomes.Reporting.Tests.Measures;
using FinsamOutcomes.Reporting.Tests.Reports;
using FinsamOutcomes.Statistics;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Publishing;

/// <summary>What was published is the same however the register changes, and the difference is what has changed.</summary>
public sealed class KeptPublicationTests
{
    [Theory]
    [InlineData("arsredovisning", PublicationPolicy.Minst5)]
    [InlineData("projektredovisning", PublicationPolicy.Internt)]
    public async Task Reopened_after_five_hundred_edits_an_erasure_and_other_words_it_is_the_same_to_the_last_byte_and_the_difference_is_the_edits(
        string report, PublicationPolicy policy)
    {
        await using var fixture = await ReportFixture.SmallAsync();
        var made = await fixture.MakeAsync(report, policy: policy);
        var row = await KeepAsync(fixture, made);
        var files = Bytes(made.Document);
        var kept = await KeptPublication.OpenAsync(fixture.Test.Database, row);
        var recounted = kept.Numbers.Where(CanBeRecounted).ToList();
        recounted.Count.ShouldBeGreaterThan(100);
        var then = new List<(long, long)>();
        foreach (var number in recounted)
            then.Add(await RecountAsync(fixture, kept, number));
        (await PublicationComparison.OfAsync(fixture.Test.Database, kept)).Differences.ShouldBeEmpty("nothing has been changed yet");

        await EditAsync(fixture);

        var reopened = await KeptPublication.OpenAsync(fixture.Test.Database, row);
        var again = Bytes(reopened.Document);
        again.Keys.ShouldBe(files.Keys);
        again.Where(f => !f.Value.SequenceEqual(files[f.Key])).Select(f => f.Key).ShouldBeEmpty();
        reopened.Numbers.Select(n => (n.Ordinal, n.Told)).ShouldBe(kept.Numbers.Select(n => (n.Ordinal, n.Told)));

        var differences = (await PublicationComparison.OfAsync(fixture.Test.Database, reopened)).Differences.ToDictionary(d => d.Then.Ordinal);
        var changed = 0;
        for (var i = 0; i < recounted.Count; i++)
        {
            var number = recounted[i];
            var now = await RecountAsync(fixture, kept, number);
            differences.ContainsKey(number.Ordinal).ShouldBe(now != then[i], $"{number.Told}: {then[i]} → {now}");
            changed += now == then[i] ? 0 : 1;
            if (differences.GetValueOrDefault(number.Ordinal)?.Now is { State: CellState.Shown } cell)
                (cell.Measure == "deltaganden" ? ((long)cell.Value!.Value, 0) : (cell.Numerator!.Value, cell.Denominator!.Value)).ShouldBe(now);
        }

        changed.ShouldBeGreaterThan(20);
        recounted.Count.ShouldBeGreaterThan(changed, "something must be the same too");
    }

    [Fact]
    public async Task What_has_been_changed_and_changed_back_is_no_difference()
    {
        await using var fixture = await ReportFixture.SmallAsync();
        var kept = await OpenAsync(fixture, await fixture.MakeAsync());
        var store = new ParticipationStore(fixture.Test.Database);
        var id = await fixture.SqlAsync<int>("SELECT MIN(id) FROM participation WHERE exit_reason = 'arbete' AND ended_on LIKE '2024%'");
        var was = (await store.FindAsync(fixture.Forbund.Id, id)).ShouldNotBeNull();

        await CorrectAsync(was, "sjukdom", was.Version);
        (await PublicationComparison.OfAsync(fixture.Test.Database, kept)).Differences.ShouldNotBeEmpty();
        await CorrectAsync(was, was.ExitReason, was.Version + 1);

        (await PublicationComparison.OfAsync(fixture.Test.Database, kept)).Differences.ShouldBeEmpty();

        Task CorrectAsync(ParticipationRow row, string? reason, int version) => store.CorrectAsync(new()
        {
            ForbundId = fixture.Forbund.Id,
            ParticipationId = row.Id,
            Version = version,
            QueuedOn = row.QueuedOn,
            StartedOn = row.StartedOn,
            EndedOn = row.EndedOn,
            ExitReason = reason,
            IsPlannedExit = row.IsPlannedExit,
            Referrer = row.Referrer,
            EducationLevel = row.EducationLevel,
        });
    }

    [Fact]
    public async Task A_year_that_went_on_is_compared_up_to_the_day_that_it_was_read()
    {
        await using var fixture = await ReportFixture.SmallAsync();
        var edits = new RandomEdits(fixture.Test.Database, fixture.Forbund.Id, [await fixture.InsatsIdAsync("Insam")]);
        var kept = await OpenAsync(fixture, await fixture.MakeAsync(year: 2025, policy: PublicationPolicy.Internt));

        ((Testing.FixedClock)fixture.Test.Database.Clock).Advance(TimeSpan.FromDays(60));
        var whole = kept.Numbers.Where(n => !n.Measure.Request.Per.Equals(PeriodKind.Month)).Select(n => n.Ordinal).ToHashSet();

        (await PublicationComparison.OfAsync(fixture.Test.Database, kept)).Differences.Where(d => whole.Contains(d.Then.Ordinal)).ShouldBeEmpty();
        await edits.ChangeAsync();
        (await PublicationComparison.OfAsync(fixture.Test.Database, kept)).Differences.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task No_report_is_made_while_what_readers_have_of_an_earlier_one_has_been_changed_in_the_database()
    {
        await using var fixture = await ReportFixture.SmallAsync();
        await KeepAsync(fixture, await fixture.MakeAsync());
        await fixture.MakeAsync("projektredovisning");

        await using (var connection = await fixture.Test.Database.Engine.OpenAsync(CancellationToken.None))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE publication SET counts = X''";
            await command.ExecuteNonQueryAsync();
        }

        (await Should.ThrowAsync<PublicationChangedException>(() => fixture.MakeAsync("projektredovisning"))).Message.ShouldContain("kontrollsumman");
        await fixture.MakeAsync("projektredovisning", policy: PublicationPolicy.Internt);
    }

    [Fact]
    public void Every_block_and_every_kind_of_figure_is_read_again_as_it_was()
    {
        var sample = SampleReport.Document();
        var document = sample with
        {
            IsYearOver = false,
            IsDemo = false,
            Blocks = [.. sample.Blocks, .. Gallery.All.Concat(CurveGallery.All).Concat(MoreGallery.All).Select(f => new FigureBlock(f, f.ToTable()))],
        };
        var kinds = typeof(Figure).Assembly.GetTypes().Where(t => !t.IsAbstract && (t.IsSubclassOf(typeof(Figure)) || t.IsSubclassOf(typeof(ReportBlock))));
        document.Blocks.Select(b => b.GetType()).Concat(document.Blocks.OfType<FigureBlock>().Select(b => b.Figure.GetType())).Distinct()
            .ShouldBe(kinds, ignoreOrder: true);

        var again = KeptDocument.Read(KeptDocument.Write(document));

        KeptDocument.Write(again).ShouldBe(KeptDocument.Write(document));
        (again.IsYearOver, again.IsDemo, again.Title).ShouldBe((false, false, document.Title));
        var (before, after) = (Bytes(document), Bytes(again));
        after.Where(f => !f.Value.SequenceEqual(before[f.Key])).Select(f => f.Key).ShouldBeEmpty();
    }

    private static async Task<PublicationRow> KeepAsync(ReportFixture fixture, BuiltReport made)
    {
        var store = new PublicationStore(fixture.Test.Database);
        var id = await store.KeepAsync(made.ToKeep("prov", reason: null, replacesId: null));
        return (await store.FindAsync(fixture.Forbund.Id, id))!;
    }

    private static async Task<KeptPublication> OpenAsync(ReportFixture fixture, BuiltReport made) =>
        await KeptPublication.OpenAsync(fixture.Test.Database, await KeepAsync(fixture, made));

    // Pictures are drawn from the same figures as the drawings, and take long.
    private static Dictionary<string, byte[]> Bytes(ReportDocument document)
    {
        var files = new[] { ".docx", ".xlsx", ".html" }.SelectMany(e => ReportFiles.Make(document, "rapport", only: e)).ToDictionary(f => f.Name, f => f.Content);
        foreach (var (figure, i) in document.Blocks.OfType<FigureBlock>().Select((f, i) => (f.Figure, i)))
            files.Add($"{i}.svg", System.Text.Encoding.UTF8.GetBytes(Reporting.Figures.Drawing.FigureRenderer.Svg(figure)));
        return files;
    }

    private static async Task EditAsync(ReportFixture fixture)
    {
        var (database, forbundId) = (fixture.Test.Database, fixture.Forbund.Id);
        var insats = await fixture.InsatsIdAsync("Insam");
        var edits = new RandomEdits(database, forbundId, [insats, await fixture.InsatsIdAsync("Örat")]);
        for (var i = 0; i < 500; i++)
            await edits.ChangeAsync();

        var ended = await fixture.SqlAsync<int>(
            "SELECT MIN(d.id) FROM participant d WHERE NOT EXISTS (SELECT 1 FROM participation x WHERE x.participant_id = d.id AND x.ended_on IS NULL)");
        await database.EraseAsync(forbundId, ended);

        // The two trade names: what is kept goes by who they are, and not by what they are called.
        var insatser = new InsatsStore(database);
        var other = await fixture.InsatsIdAsync("Örat");
        await RenameAsync(insats, "Tillfälligt");
        await RenameAsync(other, "Insam");
        await RenameAsync(insats, "Örat");
        await new CodeListStore(database).ChooseAsync(new()
        {
            ForbundId = forbundId,
            List = CodeList.Referrer,
            Values = [new() { Code = "arbetsformedlingen", IsOffered = true, Label = "AF", Version = 0 }],
        });

        async Task RenameAsync(int id, string name)
        {
            var row = (await insatser.FindAsync(forbundId, id))!;
            await insatser.UpdateAsync(new()
            {
                ForbundId = forbundId,
                Id = id,
                Version = row.Version,
                Name = name,
                Orientation = row.Orientation,
                SpecificOrientation = row.SpecificOrientation,
                FollowUpMethod = row.FollowUpMethod,
                IsEsf = row.IsEsf,
                StartsOn = row.StartsOn,
                EndsOn = row.EndsOn,
                Capacity = row.Capacity,
            });
        }
    }

    private static bool CanBeRecounted(KeptNumber number) =>
        number.Told is { AgeGroup: MeasureCell.All, Education: MeasureCell.All, Referrer: MeasureCell.All }
        && number.Measure.Request.Denominator is null
        && ((number.Told.Measure == "deltaganden" && number.Told.Statistic is "new" or "ended" or "in_period" or "ongoing_at_end")
            || number.Told is { Measure: "positiva-avslut", Statistic: "share", Definition: "arbete-eller-studier" });

    // Straight from the tables, by the definition that is printed with the number.
    private static async Task<(long, long)> RecountAsync(ReportFixture fixture, KeptPublication kept, KeptNumber number)
    {
        var told = number.Told;
        var (from, to) = (told.PeriodFrom.ToString("yyyy-MM-dd"), told.PeriodTo.ToString("yyyy-MM-dd"));
        var time = told.Statistic switch
        {
            "new" => $"x.started_on BETWEEN '{from}' AND '{to}'",
            "in_period" => $"x.started_on <= '{to}' AND (x.ended_on IS NULL OR x.ended_on >= '{from}')",
            "ongoing_at_end" => $"x.started_on <= '{to}' AND (x.ended_on IS NULL OR x.ended_on > '{to}')",
            _ => $"x.started_on IS NOT NULL AND x.ended_on BETWEEN '{from}' AND '{to}'",
        };
        var insats = number.InsatsId ?? number.Measure.RequestedInsatsId;
        var sql = $"""
            SELECT COUNT(*) FROM participation x JOIN participant d ON d.id = x.participant_id JOIN insats i ON i.id = x.insats_id
            WHERE {time} AND COALESCE(x.exit_reason, '') <> '{ParticipationStore.Misregistration}'
                AND ({insats ?? 0} = 0 OR i.id = {insats ?? 0} OR i.parent_id = {insats ?? 0})
                AND ('{told.Gender}' = 'alla' OR d.gender = '{told.Gender}') AND ({(kept.Row.LeavesOutUnknownGender ? 1 : 0)} = 0 OR d.gender <> 'unknown')
            """;
        var all = await fixture.SqlAsync<long>(sql);
        return told.Measure == "deltaganden" ? (all, 0) : (await fixture.SqlAsync<long>(
            sql + " AND x.exit_reason IN (SELECT r.exit_reason FROM positive_definition_reason r WHERE r.definition_code = 'arbete-eller-studier')"), all);
    }
}
