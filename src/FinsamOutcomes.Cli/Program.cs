using System.CommandLine;
using FinsamOutcomes.Cli;
using FinsamOutcomes.Cli.Verbs;

// One file a verb, in Verbs/. A verb's own words stay there; what all share is in CommandTarget.
var root = new RootCommand("finsam följer vad samordningsförbundens insatser leder till: registrera, räkna, rita, redovisa och lämna över.")
{
    InitVerb.Create(),
    ImportVerb.Create(),
    MallVerb.Create(),
    ExportVerb.Create(),
    StatistikVerb.Create(),
    RapportVerb.Create(),
    DemoVerb.Create(),
};
return await CommandRun.InvokeAsync(root, args);
