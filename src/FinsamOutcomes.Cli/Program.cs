using System.CommandLine;
using System.Globalization;
using FinsamOutcomes.Cli;
using FinsamOutcomes.Cli.Verbs;

// Swedish whatever the computer is set to: System.CommandLine then takes its texts from sv/.
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("sv");

// One file a verb, in Verbs/. A verb's own words stay there; what all share is in CommandTarget.
var root = new RootCommand("finsam följer hur det går för deltagarna i samordningsförbundens insatser: registrera, räkna, rita, redovisa och lämna över.")
{
    InitVerb.Create(),
    ImportVerb.Create(),
    MallVerb.Create(),
    KartaVerb.Create(),
    ExportVerb.Create(),
    StatistikVerb.Create(),
    RapportVerb.Create(),
    GranskaVerb.Create(),
    OverlamningarVerb.Create(),
    PubliceringarVerb.Create(),
    PubliceringVerb.Create(),
    BackupVerb.Create(),
    RestoreVerb.Create(),
    KontrollVerb.Create(),
    NyckelVerb.Create(),
    GallraVerb.Create(),
    LosenordVerb.Create(),
    DemoVerb.Create(),
};
return await CommandRun.InvokeAsync(root, args);
