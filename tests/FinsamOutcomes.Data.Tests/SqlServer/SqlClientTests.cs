using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.Data.SqlClient;

namespace FinsamOutcomes.Data.Tests.SqlServer;

/// <summary>Microsoft.Data.SqlClient works with what stands in for Microsoft.SqlServer.Server; no server is needed to see it.</summary>
public sealed class SqlClientTests
{
    [Fact]
    public void Every_type_that_SqlClient_takes_from_Microsoft_SqlServer_Server_is_there()
    {
        var standIn = Assembly.Load("Microsoft.SqlServer.Server");
        using var stream = File.OpenRead(typeof(SqlConnection).Assembly.Location);
        using var file = new PEReader(stream);
        var reader = file.GetMetadataReader();
        var asked = new List<string>();
        var missing = new List<string>();
        foreach (var handle in reader.TypeReferences)
        {
            if (!IsFromStandIn(reader, handle))
                continue;
            asked.Add(FullName(reader, handle));
            if (standIn.GetType(FullName(reader, handle)) is null)
                missing.Add(FullName(reader, handle));
        }

        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference || !IsFromStandIn(reader, (TypeReferenceHandle)member.Parent))
                continue;
            var (type, name) = (FullName(reader, (TypeReferenceHandle)member.Parent), reader.GetString(member.Name));
            if (standIn.GetType(type)?.GetMember(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static).Length is null or 0)
                missing.Add($"{type}.{name}");
        }

        asked.ShouldNotBeEmpty();
        missing.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_with_parameters_fails_on_the_connection_not_on_a_missing_file()
    {
        // A port that was free a moment ago: nobody answers there.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var connection = new SqlConnection($"Server=127.0.0.1,{port};Database=finsam;User Id=x;Password=x;Connect Timeout=2;ConnectRetryCount=0;Encrypt=false");
        await using var command = new SqlCommand("SELECT @Number, @Text", connection);
        command.Parameters.AddWithValue("@Number", 1);
        command.Parameters.AddWithValue("@Text", "å");
        command.Parameters.Add("@Bytes", System.Data.SqlDbType.VarBinary, 32).Value = DBNull.Value;
        await Should.ThrowAsync<SqlException>(connection.OpenAsync);

        // The code that sends parameters to a server is compiled as if it ran: that is where the missing file used to show.
        foreach (var type in new[] { typeof(SqlCommand), typeof(SqlParameter), typeof(SqlBulkCopy), typeof(SqlDataReader) })
        {
            foreach (var method in type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!method.ContainsGenericParameters && !method.IsAbstract)
                    System.Runtime.CompilerServices.RuntimeHelpers.PrepareMethod(method.MethodHandle);
            }
        }
    }

    private static bool IsFromStandIn(MetadataReader reader, TypeReferenceHandle handle)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind == HandleKind.AssemblyReference
            && reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name) == "Microsoft.SqlServer.Server";
    }

    private static string FullName(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }
}
