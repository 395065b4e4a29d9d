using FinsamOutcomes.Cli.Demo;

namespace FinsamOutcomes.Cli.Tests.Demo;

public sealed class DemoFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("finsam-demo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_with_other_files_is_refused_unless_forced()
    {
        File.WriteAllText(In("eget.txt"), "mitt");

        Should.Throw<CommandException>(() => DemoFolder.Prepare(_folder, isForced: false)).Message.ShouldContain("--force");
        DemoFolder.Prepare(_folder, isForced: true).Replaced.ShouldBe(0);
        File.ReadAllText(In("eget.txt")).ShouldBe("mitt");
    }

    [Fact]
    public void The_next_demo_takes_away_only_what_the_last_one_made()
    {
        var first = DemoFolder.Prepare(_folder, isForced: false);
        File.WriteAllText(In("gjord.txt"), "av demon");
        first.Record();
        File.WriteAllText(In("eget.txt"), "mitt");

        DemoFolder.Prepare(_folder, isForced: false).Replaced.ShouldBe(1);

        File.Exists(In("gjord.txt")).ShouldBeFalse();
        File.ReadAllText(In("eget.txt")).ShouldBe("mitt");
    }

    [Fact]
    public void A_file_that_was_changed_since_is_not_replaced_unless_forced()
    {
        var first = DemoFolder.Prepare(_folder, isForced: false);
        File.WriteAllText(In("rapport.txt"), "av demon");
        first.Record();
        File.WriteAllText(In("rapport.txt"), "med mina ändringar");

        Should.Throw<CommandException>(() => DemoFolder.Prepare(_folder, isForced: false)).Message.ShouldContain("rapport.txt");
        File.ReadAllText(In("rapport.txt")).ShouldBe("med mina ändringar");
        DemoFolder.Prepare(_folder, isForced: true).Replaced.ShouldBe(1);
    }

    private string In(string file) => Path.Combine(_folder, file);
}
